using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>Names of classes in tables.</summary>
internal static class ClassNames
{
    /// <summary>The names that were given, one for each class; their numbers if none were.</summary>
    public static string[] Of(int classes, IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return [.. Enumerable.Range(0, classes).Select(one => one.ToString(CultureInfo.InvariantCulture))];
        }

        return names.Count == classes && names.All(name => name is not null)
            ? [.. names]
            : throw new ArgumentException(
                $"There must be a name for each of {classes} classes, but there {Quantity.Are(names.Count, "name")}.",
                nameof(names));
    }
}
