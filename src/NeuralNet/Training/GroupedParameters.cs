using System.Globalization;
using System.Numerics;
using System.Text;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>Finds the parameters of the groups of a trainer: the first group that matches a parameter counts.</summary>
internal static class GroupedParameters
{
    // What the caller has set.
    private static readonly string _property = nameof(Trainer<>.ParameterGroups);

    /// <summary>The settings of each parameter of a network.</summary>
    /// <exception cref="ArgumentException">
    /// A name in a group is that of no parameter and no layer, or a group has no parameter left.
    /// </exception>
    public static UpdateSettings[] Settings<T>(
        Network<T> network, IOptimizer optimizer, IReadOnlyList<ParameterGroup> groups)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Parameter<T>[] adjusted = [.. network.Parameters.Where(parameter => !parameter.IsStatistic)];
        foreach (ParameterGroup group in groups)
        {
            ArgumentNullException.ThrowIfNull(group, _property);
            RequireNames(group, network, adjusted);
            if (!adjusted.Any(parameter => GroupOf(parameter, groups) == group))
            {
                throw Refused(
                    $"The parameter group '{group}' has no effect: all its parameters belong to groups before it, and "
                    + "the first that matches counts. Put it before them, or leave it out.");
            }
        }

        return
        [
            .. network.Parameters.Select(parameter => GroupOf(parameter, groups) is { } group
                ? UpdateSettings.Of(optimizer, group)
                : UpdateSettings.Of(optimizer)),
        ];
    }

    /// <summary>The groups with their parameters, each in a line that begins with a line break.</summary>
    public static string Describe<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        foreach (ParameterGroup group in state.Groups)
        {
            IEnumerable<string> names = state.Network.Parameters
                .Where(parameter => GroupOf(parameter, state.Groups) == group)
                .Select(parameter => parameter.Name);
            text.Append(CultureInfo.InvariantCulture, $"\n  {group} ({MessageText.Listed(names)})");
        }

        return text.ToString();
    }

    private static ParameterGroup? GroupOf<T>(Parameter<T> parameter, IReadOnlyList<ParameterGroup> groups)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        parameter.IsStatistic
            ? null
            : groups.FirstOrDefault(group => group.Names.Any(name => Matches(group, name, parameter)));

    private static bool Matches<T>(ParameterGroup group, string name, Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (!group.OnlyVectors || parameter.Shape.Count == 1) && ParameterGroup.IsNameOf(name, parameter.Name);

    /// <summary>Refuses a name that matches nothing: it is misspelled, or of another network.</summary>
    private static void RequireNames<T>(ParameterGroup group, Network<T> network, Parameter<T>[] adjusted)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (string name in group.Names)
        {
            if (Array.Exists(adjusted, parameter => Matches(group, name, parameter)))
            {
                continue;
            }

            bool isNameOfOthers = network.Parameters.Any(parameter => ParameterGroup.IsNameOf(name, parameter.Name));
            string[] known = [.. KnownNames(adjusted)];
            throw Refused(
                $"The parameter group '{group}' names {MessageText.Quoted(name)}, but "
                + (isNameOfOthers
                    ? group.OnlyVectors
                        ? "there is no parameter of one dimension that an optimizer adjusts: leave OnlyVectors out."
                        : "these are running statistics, which no optimizer adjusts."
                    : "no parameter and no layer with parameters has that name; there are "
                        + $"{MessageText.Listed(known)}.{NearestName.Question(name, known)}"));
        }
    }

    /// <summary>The names of parameters and of the layers around them.</summary>
    private static IEnumerable<string> KnownNames<T>(Parameter<T>[] parameters)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        parameters.Select(parameter => parameter.Layer.Name).Concat(parameters.Select(p => p.Name)).Distinct();

    private static ArgumentException Refused(string message) => new(message, _property);
}
