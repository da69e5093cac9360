using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Layers;

/// <summary>
/// The names of layers and parameters: kind and number or a name that was given, with dots between the names of a layer
/// and of what is in it, such as <c>residual1.dense2.weights</c>. None is taken twice.
/// </summary>
internal static class LayerNames
{
    /// <summary>Requires a kind that can begin a name.</summary>
    /// <exception cref="ArgumentException">It holds a dot or ends in a digit.</exception>
    public static void RequireKind(string kind)
    {
        if (char.IsDigit(kind[^1]) || !IsPartOfName(kind))
        {
            throw new ArgumentException(
                $"The kind {MessageText.Quoted(kind)} must hold no dot and no invisible character, and not end in a "
                + "digit: a number is added to name the layer.",
                nameof(kind));
        }
    }

    /// <summary>Requires a name that a new parameter of a layer can have.</summary>
    /// <exception cref="ArgumentException">It holds a dot or is taken.</exception>
    public static void RequireParameter<T>(Layer<T> layer, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The name '{name}' holds a dot, which stands between the names of a layer and its parameter.",
                nameof(name));
        }

        if (HasParameter(layer, name))
        {
            throw new ArgumentException($"The layer '{layer.Name}' has a parameter '{name}' already.", nameof(name));
        }
    }

    /// <summary>Requires a name that a new child of a layer can have, perhaps that of the layer itself.</summary>
    /// <exception cref="ArgumentException">
    /// It holds a dot or is taken, or the child cannot share the name of the layer.
    /// </exception>
    public static void RequireChild<T>(Layer<T> layer, Layer<T> child, string? name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (name is not null && (!IsPartOfName(name) || layer.Children.Any(other => other.NameInParent == name)))
        {
            throw new ArgumentException(
                $"The name {MessageText.Quoted(name)} of a layer within '{layer.Name}' holds a dot or an invisible "
                + "character, or is taken.",
                nameof(name));
        }

        bool sharesName = name is { Length: 0 };
        if ((sharesName && layer.Children.Count > 0) || layer.Children is [{ TakesNameOfParent: true }])
        {
            throw new ArgumentException(
                $"A layer that takes the name of '{layer.Name}' must be the only one within it.", nameof(name));
        }

        if (sharesName && child.Parameters.FirstOrDefault(
            parameter => parameter.Layer == child && HasParameter(layer, parameter.LocalName)) is { } twice)
        {
            throw new ArgumentException(
                $"The layer '{child.Kind}' cannot take the name of '{layer.Name}': both have a parameter "
                + $"'{twice.LocalName}'.",
                nameof(name));
        }
    }

    /// <summary>
    /// Names the layers within a layer by kind and number, <c>dense1</c>, <c>dense2</c>, …, unless they have names, and
    /// makes them part of a network.
    /// </summary>
    /// <exception cref="InvalidOperationException">Two would have one name.</exception>
    public static void NameChildren<T>(Layer<T> layer, string prefix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Layer<T> child in layer.Children)
        {
            if (child.TakesNameOfParent)
            {
                child.Attach(layer.Name, prefix);
                continue;
            }

            int ordinal = ordinals[child.Kind] = ordinals.GetValueOrDefault(child.Kind) + 1;
            string name = prefix + (child.NameInParent ?? child.Kind + ordinal.ToString(CultureInfo.InvariantCulture));
            child.Attach(name, name + ".");
        }

        if (layer.Children.Any(child => child.NameInParent is not null)
            && layer.Children.GroupBy(child => child.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException(
                $"Two layers would be called '{twice.Key}': a name given to one is that which another gets by its kind "
                + "and number. Give it another name.");
        }
    }

    // Those of a layer that takes this one's name are called as if they were its own.
    private static bool HasParameter<T>(Layer<T> layer, string name)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layer.Parameters.Any(parameter =>
            parameter.LocalName == name && (parameter.Layer == layer || parameter.Layer.TakesNameOfParent));

    // Names are parted by dots, and are shown in messages, logs and generated code.
    private static bool IsPartOfName(string text) =>
        !text.Contains('.', StringComparison.Ordinal) && MessageText.Printable(text) == text;
}
