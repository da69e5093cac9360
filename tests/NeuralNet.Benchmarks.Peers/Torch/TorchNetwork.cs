using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Recurrence;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Identity = NeuralNet.Activations.Identity;
using Padding = NeuralNet.LinearAlgebra.Padding;
using ReLU = NeuralNet.Activations.ReLU;

namespace NeuralNet.Benchmarks.Peers.Torch;

/// <summary>Builds in TorchSharp what a network of the library is: the same layers with the same parameters.</summary>
/// <remarks>
/// PyTorch's images are channels first. So a convolution's weights, which lie (row, column, channel, filter), become
/// (filter, channel, row, column), and the inputs of a dense layer behind images change their order likewise.
/// </remarks>
internal static class TorchNetwork
{
    /// <summary>Builds the network.</summary>
    /// <exception cref="PeerException">It has a layer that is not known here.</exception>
    public static Sequential Build(Network<float> network) => nn.Sequential(network.Layers.SelectMany(Modules));

    /// <summary>Copies samples into a tensor: samples × channels × height × width of images.</summary>
    /// <param name="samples">Sample after sample, channels last.</param>
    /// <param name="shape">Shape of a sample.</param>
    public static Tensor Samples(float[] samples, FeatureShape shape)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor channelsLast = tensor(
            samples, [samples.Length / shape.Size, .. shape.Dimensions.Select(size => (long)size)]);
        Tensor result = shape.Rank < 3 ? channelsLast : channelsLast.permute(0, 3, 1, 2).contiguous();
        return result.MoveToOuterDisposeScope();
    }

    private static IEnumerable<nn.Module<Tensor, Tensor>> Modules(Layer<float> layer) => layer switch
    {
        Convolution<float> convolution => [Convert(convolution), .. Activation(convolution)],
        Dense<float> { InputShape.IsFlat: false } dense =>
            [nn.Flatten(), Convert(dense), .. Activation(dense)],
        Dense<float> dense => [Convert(dense), .. Activation(dense)],
        MaxPooling<float> pooling => [Convert(pooling)],
        BatchNormalization<float> normalization => [Convert(normalization)],
        Dropout<float> dropout => [nn.Dropout(dropout.Rate)],
        ActivationLayer<float> => Activation(layer),
        RecurrentLayer<float> recurrent => [Convert(recurrent)],
        _ => throw new PeerException($"no module of TorchSharp is known here for the layer '{layer.Kind}'"),
    };

    private static IEnumerable<nn.Module<Tensor, Tensor>> Activation(Layer<float> layer) => layer.Activation switch
    {
        Identity => [],
        ReLU => [nn.ReLU()],
        { } other => throw new PeerException($"no module of TorchSharp is known here for '{other.GetType().Name}'"),
        null => throw new PeerException($"the layer '{layer.Kind}' has no activation"),
    };

    private static Conv2d Convert(Convolution<float> layer)
    {
        Conv2d module = nn.Conv2d(
            layer.InputShape.Channels,
            layer.Filters,
            Pair(layer.KernelSize),
            Pair(layer.Stride),
            Symmetric(layer.Padding),
            Pair(layer.Dilation),
            groups: layer.Groups,
            bias: layer.Biases is not null);
        Tensor weights = tensor(
            layer.Weights.Values.ToArray(),
            [layer.KernelSize.Height, layer.KernelSize.Width, layer.InputShape.Channels / layer.Groups, layer.Filters]);
        Copy(weights.permute(3, 2, 0, 1), module.weight);
        Copy(layer.Biases, module.bias);
        return module;
    }

    private static Linear Convert(Dense<float> layer)
    {
        Linear module = nn.Linear(layer.InputSize, layer.OutputSize, hasBias: layer.Biases is not null);
        Tensor weights = tensor(
            layer.Weights.Values.ToArray(),
            [.. layer.InputShape.Dimensions.Select(size => (long)size), layer.OutputSize]);
        Copy(
            layer.InputShape.IsFlat
                ? weights.t()
                : weights.permute(3, 2, 0, 1).reshape(layer.OutputSize, layer.InputSize),
            module.weight);
        Copy(layer.Biases, module.bias);
        return module;
    }

    private static MaxPool2d Convert(MaxPooling<float> layer) =>
        nn.MaxPool2d(Pair(layer.PoolSize), Pair(layer.Stride), Symmetric(layer.Padding));

    private static nn.Module<Tensor, Tensor> Convert(BatchNormalization<float> layer)
    {
        int channels = layer.InputShape.Channels;
        if (layer.InputShape.IsFlat)
        {
            throw new PeerException("no batch normalization of flat samples is known here");
        }

        BatchNorm2d module = nn.BatchNorm2d(channels, layer.Epsilon, layer.Momentum);
        Copy(layer.Gamma, module.weight);
        Copy(layer.Beta, module.bias);
        Copy(layer.RunningMean, module.running_mean);
        Copy(layer.RunningVariance, module.running_var);
        return module;
    }

    private static LastStepModule Convert(RecurrentLayer<float> layer)
    {
        int features = layer.InputShape.Channels;
        nn.Module module;
        Func<Tensor, Tensor> outputs;
        if (layer is Lstm<float>)
        {
            LSTM lstm = nn.LSTM(features, layer.Units, batchFirst: true);
            (module, outputs) = (lstm, input => lstm.forward(input).Item1);
        }
        else
        {
            GRU gru = nn.GRU(features, layer.Units, batchFirst: true);
            (module, outputs) = (gru, input => gru.forward(input).Item1);
        }

        foreach ((string name, Parameter<float>? source) in new (string, Parameter<float>?)[]
        {
            ("weight_ih_l0", layer.InputWeights), ("weight_hh_l0", layer.RecurrentWeights),
            ("bias_ih_l0", layer.InputBiases), ("bias_hh_l0", layer.RecurrentBiases),
        })
        {
            Tensor target = module.named_parameters().Single(parameter => parameter.name == name).parameter;
            Copy(tensor(source!.Values.ToArray(), [source.Columns, source.Rows]).t().reshape(target.shape), target);
        }

        return new(module, outputs);
    }

    private static void Copy(Parameter<float>? source, Tensor? target)
    {
        if (source is not null)
        {
            Copy(tensor(source.Values.ToArray()), target);
        }
    }

    private static void Copy(Tensor source, Tensor? target)
    {
        using (no_grad())
        {
            target!.copy_(source);
        }
    }

    private static (long Height, long Width) Pair(HeightWidth size) => (size.Height, size.Width);

    private static (long Height, long Width) Symmetric(Padding padding) =>
        padding.Top == padding.Bottom && padding.Left == padding.Right
            ? (padding.Top, padding.Left)
            : throw new PeerException($"PyTorch's layers have the same padding on both sides, not {padding}");
}
