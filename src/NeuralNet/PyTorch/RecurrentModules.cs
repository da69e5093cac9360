using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.Recurrence;

namespace NeuralNet.PyTorch;

/// <summary>
/// The recurrent modules of PyTorch, each of which holds several layers: <c>lstm.weight_ih_l1_reverse</c> is a tensor
/// of the layer <c>l1_reverse</c> in the module <c>lstm</c>. Such a layer goes as a module of its own,
/// <c>lstm.l1_reverse</c>.
/// </summary>
internal static class RecurrentModules
{
    private const string Reverse = "_reverse";

    private static readonly string[] _tensors = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

    /// <summary>The kind of module of a layer; null if PyTorch has none.</summary>
    public static string? KindOf<T>(RecurrentLayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer switch
        {
            Lstm<T> => "LSTM",
            Gru<T> { ResetsAfter: true } => "GRU",
            SimpleRecurrent<T> => "RNN",
            _ => null,
        };

    /// <summary>The kind of module that a tensor of recurrent weights tells; null if it is none.</summary>
    public static string? KindOf(ReadOnlySpan<long> recurrentWeights) =>
        recurrentWeights.Length != 2 || recurrentWeights[1] == 0 ? null
        : (recurrentWeights[0] / recurrentWeights[1]) switch
        {
            1 => "RNN",
            3 => "GRU",
            4 => "LSTM",
            _ => null,
        };

    /// <summary>Takes the name of a tensor apart, if it is one of a recurrent module.</summary>
    public static bool TrySplit(string name, out string module, out string parameter)
    {
        int dot = name.LastIndexOf('.');
        string local = name[(dot + 1)..];
        string? tensor = Array.Find(_tensors, one => local.StartsWith(one + "_l", StringComparison.Ordinal));
        if (tensor is null || !IsLayer(local[(tensor.Length + 1)..]))
        {
            module = "";
            parameter = "";
            return false;
        }

        module = name[..(dot + 1)] + local[(tensor.Length + 1)..];
        parameter = tensor;
        return true;
    }

    /// <summary>PyTorch's name of a parameter, in full.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="module">
    /// The name of the module with that of the layer, such as <c>lstm.l1_reverse</c>; of the module alone, if the layer
    /// is its first.
    /// </param>
    public static string NameOf<T>(Parameter<T> parameter, string module)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int dot = module.LastIndexOf('.');
        string layer = module[(dot + 1)..];
        string path = module[..(dot + 1)];
        if (!IsLayer(layer))
        {
            layer = ((RecurrentLayer<T>)parameter.Layer).IsReversed ? "l0" + Reverse : "l0";
            path = module.Length == 0 ? "" : module + ".";
        }

        string tensor = parameter.LocalName switch
        {
            "inputWeights" => "weight_ih",
            "recurrentWeights" => "weight_hh",
            "inputBiases" => "bias_ih",
            "recurrentBiases" => "bias_hh",
            _ => parameter.LocalName,
        };
        return $"{path}{tensor}_{layer}";
    }

    /// <summary>Whether the second of two names is that of the other direction of the first.</summary>
    public static bool IsReverseOf(string first, string second) => second == first + Reverse;

    // l0, l1_reverse
    private static bool IsLayer(string name)
    {
        ReadOnlySpan<char> number =
            name.EndsWith(Reverse, StringComparison.Ordinal) ? name.AsSpan()[..^Reverse.Length] : name;
        return number.Length > 1 && number[0] == 'l' && !number[1..].ContainsAnyExceptInRange('0', '9');
    }
}
