using System.Globalization;
using Microsoft.Extensions.Configuration;
using NeuralNet.Guards;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// Sets options from a configuration section, entry by entry. The binder of the framework does that by reflection,
/// which a program that was compiled ahead of time has not, and ignores an entry that is misspelt.
/// </summary>
internal static class ModelOptionsBinding
{
    /// <summary>Sets the options that have an entry.</summary>
    /// <exception cref="InvalidOperationException">An entry is no option, or has a wrong value.</exception>
    public static void Bind<TModel>(IConfiguration section, ModelOptions<TModel> options)
        where TModel : class
    {
        foreach (IConfigurationSection entry in section.GetChildren())
        {
            switch (entry.Key.ToUpperInvariant())
            {
                case "PATH":
                    options.Path = entry.Value;
                    break;
                case "RELOADONCHANGE":
                    options.ReloadOnChange = Flag(entry);
                    break;
                case "POLLINTERVAL":
                    options.PollInterval = Time(entry);
                    break;
                case "LOADTIMEOUT":
                    options.LoadTimeout = Time(entry);
                    break;
                case "INPUTSIZE":
                    options.InputSize = Size(entry);
                    break;
                case "OUTPUTSIZE":
                    options.OutputSize = Size(entry);
                    break;
                case "ALLOWSHAPECHANGE":
                    options.AllowShapeChange = Flag(entry);
                    break;
                default:
                    string[] names =
                    [
                        nameof(options.Path), nameof(options.ReloadOnChange), nameof(options.PollInterval),
                        nameof(options.LoadTimeout), nameof(options.InputSize), nameof(options.OutputSize),
                        nameof(options.AllowShapeChange),
                    ];
                    throw new InvalidOperationException(
                        $"The configuration entry {MessageText.Quoted(entry.Path)} is no option of a "
                        + $"{ModelType.Of<TModel>().Name}; there are {string.Join(", ", names[..^1])} and {names[^1]}."
                        + NearestName.Question(entry.Key, names));
            }
        }
    }

    private static TimeSpan Time(IConfigurationSection entry) =>
        TimeSpan.TryParse(entry.Value, CultureInfo.InvariantCulture, out TimeSpan time)
            ? time
            : throw Refusal(entry, "a time such as 00:00:05");

    private static bool Flag(IConfigurationSection entry) =>
        bool.TryParse(entry.Value, out bool flag) ? flag : throw Refusal(entry, "true or false");

    private static int Size(IConfigurationSection entry) =>
        int.TryParse(entry.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int size)
            ? size
            : throw Refusal(entry, "a whole number");

    private static InvalidOperationException Refusal(IConfigurationSection entry, string expected) =>
        new(
            $"The configuration entry {MessageText.Quoted(entry.Path)} must be {expected}, but it is "
            + $"{MessageText.Quoted(entry.Value ?? "")}.");
}
