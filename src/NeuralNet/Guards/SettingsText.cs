using System.Globalization;

namespace NeuralNet.Guards;

/// <summary>The text of an object with settings.</summary>
internal static class SettingsText
{
    private const int MostNumbers = 6;

    /// <summary>
    /// The name of its type and its settings, such as <c>Sgd: learning rate 0.01, momentum 0.9</c>. A setting that is 0
    /// or false is switched off and left out.
    /// </summary>
    public static string Of(object owner, params ReadOnlySpan<(string Name, object Value)> settings)
    {
        var shown = new List<string>();
        foreach ((string name, object value) in settings)
        {
            if (value is bool isOn)
            {
                if (isOn)
                {
                    shown.Add(name);
                }
            }
            else if (value is not 0.0)
            {
                shown.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
            }
        }

        return shown.Count == 0 ? NameOf(owner) : $"{NameOf(owner)}: {string.Join(", ", shown)}";
    }

    /// <summary>The name of its type, without type parameters.</summary>
    public static string NameOf(object owner) => owner.GetType().Name.Split('`')[0];

    /// <summary>The first few numbers, and … where there are more.</summary>
    public static string Numbers(IReadOnlyList<double> values) =>
        string.Join(", ", values.Take(MostNumbers).Select(value => value.ToString("G4", CultureInfo.InvariantCulture)))
        + (values.Count > MostNumbers ? ", …" : "");
}
