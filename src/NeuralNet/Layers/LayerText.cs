using System.Globalization;
using System.Numerics;

namespace NeuralNet.Layers;

/// <summary>The text of a layer.</summary>
internal static class LayerText
{
    /// <summary>Name, shapes, activation and number of parameters.</summary>
    public static string Of<T>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string activation = layer.Activation is { } own ? $", {own.Name}" : "";
        string parameters = layer.Parameters.Count == 0 ? "" : $", {Parameters(layer.Parameters)} parameters";
        return $"{layer.Name}: {layer.InputShape} → {layer.OutputShape}{activation}{parameters}";
    }

    /// <summary>The number of parameters, with those that are frozen.</summary>
    /// <returns>For example <c>1,290</c>, <c>1,290 (frozen)</c> or <c>1,290 (1,280 frozen)</c>.</returns>
    public static string Parameters<T>(IEnumerable<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long all = 0;
        long frozen = 0;
        foreach (Parameter<T> parameter in parameters)
        {
            all += parameter.Count;
            frozen += parameter.IsFrozen ? parameter.Count : 0;
        }

        return Number(all) + (frozen == 0 ? "" : frozen == all ? " (frozen)" : $" ({Number(frozen)} frozen)");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
