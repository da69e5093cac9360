using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kinds;

/// <summary>
/// The settings of a kind, by name. One expression describes them and serves to write and to read:
/// <c>s =&gt; new Huber(s.Number("delta", loss =&gt; loss.Delta))</c>.
/// </summary>
/// <remarks>
/// When a strategy is written, each setting is taken from it and returned, so that the expression makes a copy, which
/// is dropped. When one is read, each setting comes from the file. A setting that the file lacks, has as another type
/// or has beyond those asked for is refused with an <see cref="InvalidDataException"/> that says where it stands.
/// Settings are written in the order in which they are asked for.
/// </remarks>
/// <typeparam name="TKind">The type that is described.</typeparam>
public abstract partial class Settings<TKind>
    where TKind : class
{
    private readonly TKind? _value;
    private readonly SettingsWriter? _writer;
    private readonly SettingsReader? _reader;

    private protected Settings(TKind value, SettingsWriter writer)
    {
        _value = value;
        _writer = writer;
    }

    private protected Settings(SettingsReader reader) => _reader = reader;

    /// <summary>The reader of the settings; null when they are written.</summary>
    private protected SettingsReader? Reader => _reader;

    /// <summary>The component whose settings are written; null when they are read.</summary>
    private protected TKind? Value => _value;

    /// <summary>A number, exactly.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The number.</returns>
    public double Number(string name, Func<TKind, double> get) => Setting(
        name, get, static (w, name, value) => w.Number(name, value), static (r, name) => r.Number(name));

    /// <summary>A number, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The number; null if there is none.</returns>
    public double? OptionalNumber(string name, Func<TKind, double?> get) => OptionalSetting(
        name, get, static (w, name, value) => w.Number(name, value), static (r, name) => r.Number(name));

    /// <summary>A whole number.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The number.</returns>
    public long Integer(string name, Func<TKind, long> get) => Setting(
        name, get, static (w, name, value) => w.Integer(name, value), static (r, name) => r.Integer(name));

    /// <summary>A whole number, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The number; null if there is none.</returns>
    public long? OptionalInteger(string name, Func<TKind, long?> get) => OptionalSetting(
        name, get, static (w, name, value) => w.Integer(name, value), static (r, name) => r.Integer(name));

    /// <summary>A number of features, neurons or the like: from 1 to <see cref="int.MaxValue"/>.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The number.</returns>
    public int Size(string name, Func<TKind, int> get) => Setting(
        name, get, static (w, name, value) => w.Integer(name, value), static (r, name) => r.Size(name));

    /// <summary>True or false.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The value.</returns>
    public bool Flag(string name, Func<TKind, bool> get) => Setting(
        name, get, static (w, name, value) => w.Flag(name, value), static (r, name) => r.Flag(name));

    /// <summary>True or false, if there is such a setting.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The value; null if there is none.</returns>
    public bool? OptionalFlag(string name, Func<TKind, bool?> get) => OptionalSetting(
        name, get, static (w, name, value) => w.Flag(name, value), static (r, name) => r.Flag(name));

    /// <summary>A text.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The text.</returns>
    public string Text(string name, Func<TKind, string> get) => Setting(
        name, get, static (w, name, value) => w.Text(name, value), static (r, name) => r.Text(name));

    /// <summary>A text, if there is one.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The text; null if there is none.</returns>
    public string? OptionalText(string name, Func<TKind, string?> get) => OptionalSetting(
        name, get, static (w, name, value) => w.Text(name, value), static (r, name) => r.Text(name));

    /// <summary>Numbers, exactly.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The numbers.</returns>
    public IReadOnlyList<double> Numbers(string name, Func<TKind, IReadOnlyList<double>> get) => Setting(
        name, get, static (w, name, value) => w.Numbers(name, value), static (r, name) => r.Numbers(name));

    /// <summary>Numbers, if there are any.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The numbers; null if there are none.</returns>
    public IReadOnlyList<double>? OptionalNumbers(
        string name, Func<TKind, IReadOnlyList<double>?> get) => OptionalSetting(
        name, get, static (w, name, value) => w.Numbers(name, value), static (r, name) => r.Numbers(name));

    /// <summary>Whole numbers.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The numbers.</returns>
    public IReadOnlyList<long> Integers(string name, Func<TKind, IReadOnlyList<long>> get) => Setting(
        name, get, static (w, name, value) => w.Integers(name, value), static (r, name) => r.Integers(name));

    /// <summary>A height and a width.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <param name="least">The least that each may be.</param>
    /// <returns>The size.</returns>
    public HeightWidth HeightWidth(string name, Func<TKind, HeightWidth> get, int least = 1) => Setting(
        name,
        get,
        static (w, name, value) => w.Integers(name, [value.Height, value.Width]),
        (r, name) => r.HeightWidth(name, least));

    /// <summary>A shape.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The shape.</returns>
    public FeatureShape Shape(string name, Func<TKind, FeatureShape> get) => Setting(
        name, get, static (w, name, value) => w.Shape(name, value), static (r, name) => r.Shape(name));

    /// <summary>A padding in numbers, each at least 0: top, bottom, left and right.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The padding.</returns>
    public Padding Padding(string name, Func<TKind, Padding> get) => Setting(
        name,
        get,
        static (w, name, value) => w.Integers(name, [value.Top, value.Bottom, value.Left, value.Right]),
        static (r, name) => r.Padding(name));

    /// <summary>Texts.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written.</param>
    /// <returns>The texts.</returns>
    public IReadOnlyList<string> Texts(string name, Func<TKind, IReadOnlyList<string>> get) => Setting(
        name, get, static (w, name, value) => w.Texts(name, value), static (r, name) => r.Texts(name));

    /// <summary>Texts, if there are any.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of one that is written; null leaves it out.</param>
    /// <returns>The texts; null if there are none.</returns>
    public IReadOnlyList<string>? OptionalTexts(
        string name, Func<TKind, IReadOnlyList<string>?> get) => OptionalSetting(
        name, get, static (w, name, value) => w.Texts(name, value), static (r, name) => r.Texts(name));

    private protected TSetting Setting<TSetting>(
        string name,
        Func<TKind, TSetting> get,
        Action<SettingsWriter, string, TSetting> write,
        Func<SettingsReader, string, TSetting> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(get);
        if (_reader is not null)
        {
            return read(_reader, name);
        }

        TSetting value = get(_value!);
        if (value is null)
        {
            throw new InvalidOperationException(
                $"The setting '{name}' of {typeof(TKind)} is null, but is not optional; ask for it with the method "
                + "whose name begins with Optional.");
        }

        write(_writer!, name, value);
        return value;
    }

    private TSetting? OptionalSetting<TSetting>(
        string name,
        Func<TKind, TSetting?> get,
        Action<SettingsWriter, string, TSetting?> write,
        Func<SettingsReader, string, TSetting?> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(get);
        if (_reader is not null)
        {
            return _reader.Has(name) ? read(_reader, name) : default;
        }

        TSetting? value = get(_value!);
        write(_writer!, name, value);
        return value;
    }
}
