using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Schema;
using NeuralNet.Recurrence;

namespace NeuralNet.Onnx.Export;

/// <summary>Writes layers as operators, in the form in which they predict.</summary>
internal sealed class LayerWriter<T>(OnnxGraph graph, IReadOnlyList<OnnxExtension> extensions)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ImageLayerWriter<T> _images = new(graph);
    private readonly RecurrentLayerWriter<T> _recurrent = new(graph);
    private readonly PaddedLayerWriter<T> _padded = new(graph);

    // The numbers of steps of the samples, within layers that read padded sequences.
    private string? _lengths;

    // The parts of flat concatenations, by the name of the result: one of them is taken without a slice.
    private readonly Dictionary<string, (string Name, int Start, int Size)[]> _parts = [];

    /// <summary>Writes a layer and gives the name of its output.</summary>
    /// <exception cref="NotSupportedException">It cannot be written.</exception>
    public string Write(Layer<T> layer, string input)
    {
        graph.Scope = layer.Name;
        foreach (OnnxExtension extension in extensions)
        {
            if (extension.Write(layer, input, graph) is string output)
            {
                return output;
            }
        }

        return Write(layer, input, layer.Name);
    }

    // A layer that is computed in place of another is called as that.
    private string Write(Layer<T> layer, string input, string name)
    {
        string Activate(Layer<T> ended, string z) => this.Activate(name, ended.Activation!, z);

        return layer switch
        {
            _ when _lengths is not null && _padded.Write(layer, input, _lengths) is { } pooled => pooled,
            Dense<T> => Activate(
                layer,
                graph.Node(
                    "Gemm", [input, .. layer.Parameters.Select(graph.Constant)], OnnxAttribute.Int("transB", 1))),
            Convolution<T> or TransposedConvolution<T> or ZeroPadding<T> or UpSampling<T> or MaxPooling<T>
                or AveragePooling<T> or GlobalMaxPooling<T> or GlobalAveragePooling<T> =>
                _images.Write(layer, input, Activate),
            ActivationLayer<T> { Activation: Softmax or LogSoftmax } =>
                ByChannel(layer, input, value => Activate(layer, value)),
            ActivationLayer<T> => Activate(layer, input),
            WeightNormalization<T> normalization => Write(normalization.WithoutNormalization(), input, name),
            GatedLinearUnit<T> unit => WriteGatedLinearUnit(unit, input),
            PReLU<T> rectifier => ByChannel(
                layer, input, value => graph.Node("PRelu", [value, graph.Constant(rectifier.Slopes)])),
            { IsForTrainingOnly: true } or Reshape<T> => input,
            BatchNormalization<T> normalization => ByChannel(layer, input, value => graph.Node(
                "BatchNormalization",
                [value, .. layer.Parameters.Select(graph.Constant)],
                OnnxAttribute.Float("epsilon", normalization.Epsilon),
                OnnxAttribute.Float("momentum", 1 - normalization.Momentum))),
            LayerNormalization<T> normalization => ByChannel(layer, input, value => graph.Node(
                "LayerNormalization",
                [value, .. layer.Parameters.Select(graph.Constant)],
                OnnxAttribute.Int("axis", -1),
                OnnxAttribute.Float("epsilon", normalization.Epsilon),
                OnnxAttribute.Int("stash_type", graph.ElementType))),
            GroupNormalization<T> normalization => WriteGroupNormalization(normalization, input),
            RmsNormalization<T> normalization => ByChannel(layer, input, value => graph.Node(
                "Mul",
                [OverRootMeanSquare(value, normalization.Epsilon, 1), graph.Constant(normalization.Gamma)])),
            Slice<T> slice => Range(input, slice.Start, slice.OutputSize),
            Embedding<T> embedding => Reshape(
                graph.Node(
                    "Gather",
                    [
                        graph.Constant(
                            embedding.Weights.LocalName,
                            [.. embedding.Weights.Values.ToArray().Select(double.CreateTruncating)],
                            embedding.Categories,
                            embedding.Size),
                        graph.Node("Cast", [input], OnnxAttribute.Int("to", ElementKind.Int64)),
                    ]),
                layer.OutputSize),
            PerStep<T> each => WritePerStep(each, input),
            LastStep<T> => Range(input, layer.InputSize - layer.OutputSize, layer.OutputSize),
            AttentionPooling<T> pooling => WriteAttentionPooling(pooling, input),
            PeriodicFeatures<T> periodic => WritePeriodicFeatures(periodic, input),
            Permute<T> permute => Reshape(
                graph.Node(
                    "Transpose",
                    [Reshape(input, permute.InputShape)],
                    OnnxAttribute.Ints("perm", [0, .. permute.Axes.Select(axis => axis + 1L)])),
                layer.OutputSize),
            RecurrentLayer<T> recurrent => _recurrent.Write(recurrent, input, _lengths),
            PaddedSequences<T> padded => WritePadded(padded, input),
            Sequence<T> => layer.Children.Aggregate(input, (value, child) => Write(child, value)),
            Branches<T> branches => WriteBranches(branches, input),
            Residual<T> residual => WriteResidual(residual, input),
            _ => throw new NotSupportedException(
                $"There is no way to write the layer '{layer.Name}', a {layer.GetType().Name}, as ONNX operators; "
                + "an OnnxExtension can say how."),
        };
    }

    /// <summary>Writes values one behind the other, as the ranges of a layout.</summary>
    public string Concatenate(IReadOnlyList<string> values, FeatureLayout layout) =>
        Concatenate(values, [.. layout.Select(range => range.Size)]);

    /// <summary>Takes a value apart into the ranges of a layout.</summary>
    public IReadOnlyList<string> Separate(string value, FeatureLayout layout)
    {
        graph.Scope = "";
        return layout.Count == 1 ? [value] : [.. layout.Select(range => Range(value, range.Start, range.Size))];
    }

    /// <summary>Leaves out the concatenations of which only parts were taken.</summary>
    public void DropUnusedConcatenations()
    {
        foreach (string joined in _parts.Keys)
        {
            graph.DropIfUnused(joined);
        }
    }

    /// <summary>Writes an activation that belongs to a layer.</summary>
    /// <exception cref="NotSupportedException">It cannot be written.</exception>
    public string Activate(string layer, IActivation activation, string z)
    {
        graph.Scope = layer;
        foreach (OnnxExtension extension in extensions)
        {
            if (extension.Write(activation, z, graph) is string output)
            {
                return output;
            }
        }

        return ActivationWriter.Write(activation, z, graph) ?? throw new NotSupportedException(
            $"There is no way to write the activation {activation.Name} of the layer '{layer}', a "
            + $"{activation.GetType().Name}, as ONNX operators; an OnnxExtension can say how.");
    }

    private string WriteGatedLinearUnit(GatedLinearUnit<T> unit, string input)
    {
        int channels = unit.OutputShape.Channels;
        string halves = unit.InputShape.IsFlat ? input : Reshape(input, unit.InputShape.Channels);
        string gate = Activate(unit.Name, unit.Gate, Range(halves, channels, channels));
        string product = graph.Node("Mul", [Range(halves, 0, channels), gate]);
        return unit.InputShape.IsFlat ? product : Reshape(product, unit.OutputSize);
    }

    private string WritePeriodicFeatures(PeriodicFeatures<T> layer, string input)
    {
        int features = layer.InputSize;
        int count = layer.Frequencies.Rows;
        double[] turns = [.. layer.Frequencies.Values.ToArray().Select(c => 2 * Math.PI * double.CreateTruncating(c))];
        string phase = graph.Node(
            "Mul",
            [Reshape(input, new FeatureShape(features, 1)), graph.Constant("turns", turns, features, count)]);
        return Reshape(
            graph.Node(
                "Concat",
                [graph.Node("Sin", [phase]), graph.Node("Cos", [phase])],
                OnnxAttribute.Int("axis", 2)),
            layer.OutputSize);
    }

    // Operators look at the steps that a sequence has; what stands behind them is not looked at.
    private string WritePadded(PaddedSequences<T> layer, string input)
    {
        string? outer = _lengths;
        string lengths = graph.Node(
            "Cast", [Range(input, layer.Body.InputSize, 1)], OnnxAttribute.Int("to", ElementKind.Int32));
        _lengths = graph.Node("Reshape", [lengths, graph.Integers("samples", [-1])]);
        string output = Write(layer.Body, Range(input, 0, layer.Body.InputSize));
        _lengths = outer;
        return output;
    }

    // Every step is a row meanwhile, as a sample is elsewhere: the layers within see no lengths.
    private string WritePerStep(PerStep<T> layer, string input)
    {
        string? lengths = _lengths;
        _lengths = null;
        string output = Write(layer.Body, Reshape(input, layer.Body.InputSize));
        _lengths = lengths;
        graph.Scope = layer.Name;
        return lengths is null
            ? Reshape(output, layer.OutputSize)
            : _padded.ClearPadding(output, lengths, layer.Steps, layer.Body.OutputSize);
    }

    private string WriteAttentionPooling(AttentionPooling<T> layer, string input)
    {
        (int steps, int features) = (layer.InputShape[0], layer.InputShape[1]);
        double[] query = PaddedLayerWriter<T>.ScaledQuery(layer);
        string sequence = Reshape(input, layer.InputShape);
        string scores = graph.Node("MatMul", [sequence, graph.Constant("query", query, features, 1)]);
        string weights = graph.Node("Softmax", [Reshape(scores, steps)], OnnxAttribute.Int("axis", -1));
        return Reshape(
            graph.Node("MatMul", [Reshape(weights, new FeatureShape(1, steps)), sequence]), layer.OutputSize);
    }

    private string WriteResidual(Residual<T> block, string input)
    {
        string output = Write(block.Body, input);
        graph.Scope = block.Name;
        return graph.Node("Add", [input, output]);
    }

    private string WriteBranches(Branches<T> layer, string input)
    {
        string[] outputs = [.. layer.Children.Select(branch => Write(branch, input))];
        graph.Scope = layer.Name;
        return layer.Merge switch
        {
            _ when layer.Merge == Merge.Sum => Fold("Add", outputs),
            _ when layer.Merge == Merge.Product => Fold("Mul", outputs),
            _ when layer.Merge == Merge.Average => graph.Node(
                "Div", [Fold("Add", outputs), graph.Scalar("count", outputs.Length)]),
            _ when layer.Merge == Merge.Maximum => graph.Node("Max", outputs),
            _ when layer.Merge == Merge.Concatenation => WriteConcatenation(layer, outputs),
            _ => throw new NotSupportedException(
                $"There is no way to write the merge {layer.Merge.Name} of the layer '{layer.Name}' as ONNX operators; "
                + "an OnnxExtension can say how."),
        };
    }

    private string Fold(string operation, string[] values) =>
        values.Aggregate((joined, value) => graph.Node(operation, [joined, value]));

    private string WriteConcatenation(Branches<T> layer, string[] outputs)
    {
        if (layer.OutputShape.IsFlat)
        {
            return Concatenate(outputs, [.. layer.Children.Select(branch => branch.OutputSize)]);
        }

        string[] byChannel =
        [
            .. outputs.Zip(layer.Children, (output, branch) => Reshape(output, branch.OutputShape.Channels)),
        ];
        return Reshape(graph.Node("Concat", byChannel, OnnxAttribute.Int("axis", 1)), layer.OutputSize);
    }

    private string Concatenate(IReadOnlyList<string> values, IReadOnlyList<int> sizes)
    {
        if (values.Count == 1)
        {
            return values[0];
        }

        string joined = graph.Node("Concat", values, OnnxAttribute.Int("axis", 1));
        int start = 0;
        var parts = new (string, int, int)[values.Count];
        for (int k = 0; k < parts.Length; k++)
        {
            parts[k] = (values[k], start, sizes[k]);
            start += sizes[k];
        }

        _parts.Add(joined, parts);
        return joined;
    }

    private string Range(string value, int start, int size) =>
        _parts.TryGetValue(value, out (string Name, int Start, int Size)[]? parts)
            && Array.Find(parts, part => part.Start == start && part.Size == size).Name is { } part
                ? part
                : graph.Node(
                    "Slice",
                    [
                        value,
                        graph.Integers("starts", [start]),
                        graph.Integers("ends", [start + size]),
                        graph.Integers("axes", [1]),
                    ]);

    // In single steps: the operator that has γ and β by channel is of opset 21, RMSNormalization of opset 23.
    private string WriteGroupNormalization(GroupNormalization<T> layer, string input)
    {
        int channels = layer.InputShape.Channels;
        string byGroup = Reshape(
            input, new FeatureShape(layer.InputShape.Positions, layer.Groups, channels / layer.Groups));
        string mean = Mean(byGroup, 1, 3);
        string deviation = graph.Node("Sub", [byGroup, mean]);
        string normalized = Reshape(OverRootMeanSquare(deviation, layer.Epsilon, 1, 3), channels);
        string scaled = graph.Node("Mul", [normalized, graph.Constant(layer.Gamma)]);
        return Reshape(graph.Node("Add", [scaled, graph.Constant(layer.Beta)]), layer.OutputSize);
    }

    private string OverRootMeanSquare(string value, double epsilon, params long[] axes)
    {
        string square = Mean(graph.Node("Mul", [value, value]), axes);
        return graph.Node(
            "Div",
            [value, graph.Node("Sqrt", [graph.Node("Add", [square, graph.Scalar("epsilon", epsilon)])])]);
    }

    private string Mean(string value, params long[] axes) =>
        graph.Node("ReduceMean", [value], OnnxAttribute.Ints("axes", axes));

    /// <summary>
    /// Writes an operator that works along the last dimension; if there are several, each position becomes a row
    /// meanwhile.
    /// </summary>
    private string ByChannel(Layer<T> layer, string input, Func<string, string> write) =>
        layer.InputShape.IsFlat
            ? write(input)
            : Reshape(write(Reshape(input, layer.InputShape.Channels)), layer.OutputSize);

    private string Reshape(string value, FeatureShape shape) =>
        graph.Node("Reshape", [value, graph.Integers("shape", [-1, .. shape.Dimensions.Select(size => (long)size)])]);
}
