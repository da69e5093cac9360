using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kinds;

/// <summary>
/// Reads settings by name, as <see cref="SettingsWriter"/> wrote them. A setting that is missing, of another type or
/// never asked for is refused with an <see cref="InvalidDataException"/> that says where it stands.
/// </summary>
internal sealed class SettingsReader
{
    private readonly JsonMembers _members;
    private bool _isClosed;

    public SettingsReader(ModelReading reading, JsonPart part, string path)
    {
        Reading = reading;
        Path = path;
        _members = part.IsObject
            ? reading.Members(part)
            : throw reading.Error($"expected an object as {Place}, but found {part}");
    }

    /// <summary>The state that all readers of one file share.</summary>
    public ModelReading Reading { get; }

    /// <summary>The path of the settings within the file; empty for the model itself.</summary>
    public string Path { get; }

    /// <summary>The path of the settings within the file, in words.</summary>
    public string Place => Path.Length == 0 ? "the model" : Path;

    /// <summary>Whether there is a setting of a name.</summary>
    public bool Has(string name) => _members.Has(name);

    /// <summary>Reads a number.</summary>
    public double Number(string name) => Convert<double>(name, JsonValue.ToNumber, "a number");

    /// <summary>Reads a whole number.</summary>
    public long Integer(string name) => Convert<long>(name, JsonValue.ToInteger, "a whole number");

    /// <summary>Reads a number of features, neurons or the like: from 1 to <see cref="int.MaxValue"/>.</summary>
    public int Size(string name)
    {
        long size = Integer(name);
        return size is >= 1 and <= int.MaxValue
            ? (int)size
            : throw Error(name, $"a number from 1 to {int.MaxValue}", Get(name));
    }

    /// <summary>Reads a shape.</summary>
    public FeatureShape Shape(string name)
    {
        long[] dimensions = Integers(name);
        try
        {
            return new FeatureShape(Array.ConvertAll(dimensions, dimension => checked((int)dimension)));
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw Error(name, $"1 to {FeatureShape.MaxRank} numbers that are the sides of a shape", Get(name));
        }
    }

    /// <summary>Reads a height and a width that are not below a least one.</summary>
    public HeightWidth HeightWidth(string name, int least)
    {
        int[] sides = Numbers(name, least, count: 2);
        return new(sides[0], sides[1]);
    }

    /// <summary>Reads a padding: top, bottom, left and right, each at least 0.</summary>
    public Padding Padding(string name)
    {
        int[] sides = Numbers(name, least: 0, count: 4);
        return new(sides[0], sides[1], sides[2], sides[3]);
    }

    /// <summary>Reads the names and shapes of inputs or outputs; null if there are none.</summary>
    /// <param name="name">The name of the list.</param>
    /// <param name="size">The number of rows that they have together.</param>
    public FeatureLayout? Layout(string name, int size)
    {
        if (!Has(name))
        {
            return null;
        }

        List<(string Name, FeatureShape Shape)> ranges = [];
        foreach (SettingsReader range in Elements(name))
        {
            ranges.Add((range.Text("name"), range.Shape("shape")));
            range.RequireAllRead();
        }

        try
        {
            var layout = new FeatureLayout(ranges);
            return layout.Size == size
                ? layout
                : throw new ArgumentException($"they have {layout.Size} rows, but there must be {size}");
        }
        catch (ArgumentException exception)
        {
            throw Reading.Error(
                $"'{name}' of {Place} are no names of ranges: {MessageText.Reason(exception)}",
                MessageText.Cause(exception));
        }
    }

    /// <summary>Reads true or false.</summary>
    public bool Flag(string name) => Convert<bool>(name, JsonValue.ToFlag, "true or false");

    /// <summary>Reads a text.</summary>
    public string Text(string name)
    {
        JsonPart part = Get(name);
        return part.To(JsonValue.ToText) ?? throw Error(name, "a text", part);
    }

    /// <summary>Reads numbers.</summary>
    public double[] Numbers(string name) =>
        List(name).Convert(JsonValue.ToNumber, part => Error(name, "a number", part));

    /// <summary>Reads whole numbers.</summary>
    public long[] Integers(string name) =>
        List(name).Convert(JsonValue.ToInteger, part => Error(name, "a whole number", part));

    /// <summary>Reads texts.</summary>
    public string[] Texts(string name) =>
        List(name).Convert(JsonValue.ToText, part => Error(name, "a text", part));

    /// <summary>Reads a strategy.</summary>
    public object Strategy(string name, KindRole role) => Reading.Create(role, Below(name));

    /// <summary>Reads strategies.</summary>
    public IEnumerable<object> Strategies(string name, KindRole role) =>
        Elements(name).Select(settings => Reading.Create(role, settings));

    /// <summary>The objects of a list, to be read one after the other.</summary>
    public IEnumerable<SettingsReader> Elements(string name) =>
        List(name).Elements().Select((element, i) => new SettingsReader(Reading, element, PathOf($"{name}[{i}]")));

    /// <summary>Refuses settings that were never read: they would have no effect.</summary>
    public void RequireAllRead()
    {
        if (_members.FirstNotAsked is { } unknown)
        {
            throw Reading.Error(
                $"{Place} has a member '{MessageText.Shortened(unknown)}', which this version of the library does not "
                + "know; a newer one may have written the file");
        }
    }

    /// <summary>
    /// Refuses to read further settings: one that is read only while a layer is made is not written when it is saved.
    /// </summary>
    public void Close() => _isClosed = true;

    private int[] Numbers(string name, int least, int count)
    {
        long[] numbers = Integers(name);
        return numbers.Length == count && Array.TrueForAll(numbers, number => number >= least && number <= int.MaxValue)
            ? Array.ConvertAll(numbers, number => (int)number)
            : throw Error(name, $"{count} numbers from {least} to {int.MaxValue}", Get(name));
    }

    private SettingsReader Below(string name) => new(Reading, Get(name), PathOf(name));

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private JsonPart Get(string name)
    {
        if (_isClosed)
        {
            throw new InvalidOperationException(
                $"the setting '{name}' is asked for within the function that makes the layer; ask for it before, so "
                + "that it is saved, too");
        }

        return _members.Ask(name) ?? throw Reading.Error($"{Place} has no member '{name}'");
    }

    private JsonPart List(string name)
    {
        JsonPart part = Get(name);
        return part.IsList ? part : throw Error(name, "a list", part);
    }

    private TValue Convert<TValue>(string name, JsonPart.Conversion<TValue?> convert, string expected)
        where TValue : struct
    {
        JsonPart part = Get(name);
        return part.To(convert) ?? throw Error(name, expected, part);
    }

    private InvalidDataException Error(string name, string expected, JsonPart found) =>
        Reading.Error($"expected {expected} as '{name}' of {Place}, but found {found}");
}
