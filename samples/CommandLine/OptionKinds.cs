using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Samples.CommandLine;

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

    /// <summary>One of a few words, which must be given.</summary>
    public static Option<string> RequiredChoice(string name, string description, IEnumerable<string> values)
    {
        Option<string> option = Choice<string>(name, description, values);
        option.Required = true;
        return option;
    }

    /// <summary>One of a few words, or none.</summary>
    public static Option<string?> OptionalChoice(string name, string description, IEnumerable<string> values) =>
        Choice<string?>(name, description, values);

    /// <summary>A whole number of at least 1.</summary>
    public static Option<int> Count(string name, string description, int fallback) =>
        WholeNumber(name, description, fallback, least: 1, most: int.MaxValue);

    /// <summary>Any whole number, the seed of random numbers.</summary>
    public static Option<int> Seed(string name, string description, int fallback) =>
        WholeNumber(name, description, fallback, int.MinValue, int.MaxValue);

    /// <summary>A whole number.</summary>
    public static Option<T> WholeNumber<T>(string name, string description, T fallback, T least, T most)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => ParseWholeNumber(result, name, least, most),
        };

    /// <summary>A whole number of at least 1 unless another least one is given, or none.</summary>
    public static Option<int?> OptionalWholeNumber(string name, string description, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => ParseWholeNumber(result, name, least, int.MaxValue),
    };

    /// <summary>A number, or none if there is no default.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="description">What the number is.</param>
    /// <param name="isAllowed">Tells whether a number is in the range.</param>
    /// <param name="range">The range in words, with an example.</param>
    /// <param name="fallback">The default.</param>
    public static Option<double?> Number(
        string name, string description, Predicate<double> isAllowed, string range, double? fallback = null)
    {
        var option = new Option<double?>(name)
        {
            Description = description,
            HelpName = "RATE",
            CustomParser = result => ParseNumber(result, name, isAllowed, range),
        };
        if (fallback is not null)
        {
            option.DefaultValueFactory = _ => fallback;
        }

        return option;
    }

    /// <summary>The name of a file, a folder or something else, or none.</summary>
    public static Option<string?> OptionalName(string name, string description, string helpName = "FILE") => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => ParseName(result, name),
    };

    /// <summary>The name of a file, which must be given.</summary>
    public static Option<string> RequiredFile(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        Required = true,
        CustomParser = result => ParseName(result, name),
    };

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
                    result.AddError(
                        $"{name} must be one of {string.Join(", ", choices)}, but it is '{text}'."
                        + NearestName.Question(text, choices));
                }

                return (T)(object)text;
            },
        };
        option.CompletionSources.Add(choices);
        return option;
    }

    private static T ParseWholeNumber<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        string text = result.Tokens[0].Value;
        if (!T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value)
            || value < least
            || value > most)
        {
            result.AddError($"{name} must be a whole number from {least} to {most}, but it is '{text}'.");
        }

        return value;
    }

    private static double ParseNumber(ArgumentResult result, string name, Predicate<double> isAllowed, string range)
    {
        string text = result.Tokens[0].Value;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !isAllowed(value))
        {
            result.AddError($"{name} must be a number {range}, but it is '{text}'.");
        }

        return value;
    }

    private static string ParseName(ArgumentResult result, string name)
    {
        string text = result.Tokens[0].Value;
        if (string.IsNullOrWhiteSpace(text))
        {
            result.AddError($"{name} must not be empty.");
        }

        return text;
    }
}
