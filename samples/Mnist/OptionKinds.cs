using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Samples.Mnist;

/// <summary>The kinds of options; each refuses a bad value with a line that names the option and the value.</summary>
internal static class OptionKinds
{
    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(
        string name, string description, IEnumerable<string> values, string fallback)
    {
        Option<string> option = Choice<string>(name, description, values);
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    /// <summary>One of a few words, or none.</summary>
    public static Option<string?> OptionalChoice(string name, string description, IEnumerable<string> values) =>
        Choice<string?>(name, description, values);

    /// <summary>A whole number.</summary>
    public static Option<int> WholeNumber(
        string name, string description, Func<ArgumentResult, int> fallback, int least = 1, int most = int.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = fallback,
            CustomParser = result => ParseWholeNumber(result, name, least, most),
        };

    /// <summary>A whole number above 0, or none.</summary>
    public static Option<int?> OptionalWholeNumber(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => ParseWholeNumber(result, name, least: 1, most: int.MaxValue),
    };

    /// <summary>The name of a file or folder, or none.</summary>
    public static Option<string?> OptionalPath(string name, string description, string helpName = "FILE") =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<T> Choice<T>(string name, string description, IEnumerable<string> values)
    {
        string[] choices = [.. values];
        var option = new Option<T>(name)
        {
            Description = $"{description} One of {string.Join(", ", choices)}.",
            HelpName = "NAME",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!choices.Contains(text))
                {
                    result.AddError($"{name} must be one of {string.Join(", ", choices)}, but it is '{text}'."
                        + NearestName.Question(text, choices));
                }

                return (T)(object)text;
            },
        };
        option.CompletionSources.Add(choices);
        return option;
    }

    private static int ParseWholeNumber(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            || value < least
            || value > most)
        {
            result.AddError($"{name} must be a whole number from {least} to {most}, but it is '{text}'.");
        }

        return value;
    }
}
