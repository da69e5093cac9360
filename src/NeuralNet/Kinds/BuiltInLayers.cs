using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Recurrence;
using NeuralNet.Regularization;

namespace NeuralNet.Kinds;

/// <summary>
/// The layers of the library and their settings. Tensors that a layer takes memory for are first looked up in the file.
/// </summary>
internal static partial class BuiltInLayers<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static KindTable<LayerKind<T>> Kinds { get; } = new(
    [
        LayerKind<T>.Of<Dense<T>>("dense", Dense),
        LayerKind<T>.Of<Convolution<T>>("convolution", Convolution),
        LayerKind<T>.Of<TransposedConvolution<T>>("transposedConvolution", TransposedConvolution),
        LayerKind<T>.Of<ZeroPadding<T>>("zeroPadding", ZeroPadding),
        LayerKind<T>.Of<UpSampling<T>>("upSampling", UpSampling),
        LayerKind<T>.Of<MaxPooling<T>>("maxPooling", MaxPooling),
        LayerKind<T>.Of<AveragePooling<T>>("averagePooling", AveragePooling),
        LayerKind<T>.Of<GlobalMaxPooling<T>>("globalMaxPooling", GlobalMaxPooling),
        LayerKind<T>.Of<GlobalAveragePooling<T>>("globalAveragePooling", GlobalAveragePooling),
        LayerKind<T>.Of<ActivationLayer<T>>("activation", Activation),
        LayerKind<T>.Of<Dropout<T>>("dropout", Dropout),
        LayerKind<T>.Of<SpatialDropout<T>>("spatialDropout", SpatialDropout),
        LayerKind<T>.Of<AlphaDropout<T>>("alphaDropout", AlphaDropout),
        LayerKind<T>.Of<GaussianNoise<T>>("gaussianNoise", GaussianNoise),
        LayerKind<T>.Of<ActivityPenalty<T>>("activityPenalty", ActivityPenalty),
        LayerKind<T>.Of<PReLU<T>>("prelu", PReLU),
        LayerKind<T>.Of<GatedLinearUnit<T>>("glu", GatedLinearUnit),
        LayerKind<T>.Of<WeightNormalization<T>>("weightNormalization", WeightNormalization),
        LayerKind<T>.Of<BatchNormalization<T>>("batchNormalization", BatchNormalization),
        LayerKind<T>.Of<LayerNormalization<T>>("layerNormalization", LayerNormalization),
        LayerKind<T>.Of<GroupNormalization<T>>("groupNormalization", GroupNormalization),
        LayerKind<T>.Of<RmsNormalization<T>>("rmsNormalization", RmsNormalization),
        LayerKind<T>.Of<Residual<T>>("residual", Residual),
        LayerKind<T>.Of<Sequence<T>>("sequence", Sequence),
        LayerKind<T>.Of<Branches<T>>("branches", Branches),
        LayerKind<T>.Of<Slice<T>>("slice", Slice),
        LayerKind<T>.Of<Permute<T>>("permute", Permute),
        LayerKind<T>.Of<Reshape<T>>("reshape", Reshape),
        LayerKind<T>.Of<Embedding<T>>("embedding", Embedding),
        LayerKind<T>.Of<PeriodicFeatures<T>>("periodicFeatures", PeriodicFeatures),
        LayerKind<T>.Of<PaddedSequences<T>>("paddedSequences", PaddedSequences),
        LayerKind<T>.Of<Lstm<T>>("lstm", Lstm),
        LayerKind<T>.Of<Gru<T>>("gru", Gru),
        LayerKind<T>.Of<SimpleRecurrent<T>>("simpleRecurrent", SimpleRecurrent),
        LayerKind<T>.Of<PerStep<T>>("perStep", PerStep),
        LayerKind<T>.Of<LastStep<T>>("lastStep", LastStep),
        LayerKind<T>.Of<AttentionPooling<T>>("attentionPooling", AttentionPooling),
    ]);

    private static Func<Dense<T>> Dense(LayerSettings<T, Dense<T>> s)
    {
        int outputSize = s.Size("outputSize", layer => layer.OutputSize);
        bool biases = s.OptionalFlag("biases", layer => layer.Biases is null ? false : null) ?? true;
        s.RequireTensor("weights", outputSize, s.InputSize);
        if (biases)
        {
            s.RequireTensor("biases", outputSize);
        }

        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        IPenalty? penalty = s.OptionalPenalty("weightPenalty", layer => layer.Weights.Penalty);
        IConstraint? constraint = s.OptionalConstraint("weightConstraint", layer => layer.Weights.Constraint);
        return () => new(
            s.InputShape, outputSize, activation, weightPenalty: penalty, weightConstraint: constraint, biases: biases);
    }

    private static Func<Convolution<T>> Convolution(LayerSettings<T, Convolution<T>> s)
    {
        int filters = s.Size("filters", layer => layer.Filters);
        HeightWidth kernel = s.HeightWidth("kernelSize", layer => layer.KernelSize);
        HeightWidth stride = s.HeightWidth("stride", layer => layer.Stride);
        Padding padding = s.Padding("padding", layer => layer.Padding);
        HeightWidth dilation = s.HeightWidth("dilation", layer => layer.Dilation);
        int groups = s.Size("groups", layer => layer.Groups);
        bool biases = s.Flag("biases", layer => layer.Biases is not null);
        RequireTensors(s, filters, kernel, s.InputShape.Channels / groups, biases ? filters : 0);
        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        IPenalty? penalty = s.OptionalPenalty("weightPenalty", layer => layer.Weights.Penalty);
        IConstraint? constraint = s.OptionalConstraint("weightConstraint", layer => layer.Weights.Constraint);
        return () => new(
            s.InputShape,
            filters,
            kernel,
            stride,
            padding,
            dilation,
            groups,
            activation,
            weightPenalty: penalty,
            weightConstraint: constraint,
            biases: biases);
    }

    private static Func<TransposedConvolution<T>> TransposedConvolution(LayerSettings<T, TransposedConvolution<T>> s)
    {
        int filters = s.Size("filters", layer => layer.Filters);
        HeightWidth kernel = s.HeightWidth("kernelSize", layer => layer.KernelSize);
        HeightWidth stride = s.HeightWidth("stride", layer => layer.Stride);
        Padding padding = s.Padding("padding", layer => layer.Padding);
        HeightWidth outputPadding = s.HeightWidth("outputPadding", layer => layer.OutputPadding, least: 0);
        HeightWidth dilation = s.HeightWidth("dilation", layer => layer.Dilation);
        int groups = s.Size("groups", layer => layer.Groups);
        bool biases = s.Flag("biases", layer => layer.Biases is not null);
        RequireTensors(s, s.InputShape.Channels, kernel, filters / groups, biases ? filters : 0);
        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        IPenalty? penalty = s.OptionalPenalty("weightPenalty", layer => layer.Weights.Penalty);
        IConstraint? constraint = s.OptionalConstraint("weightConstraint", layer => layer.Weights.Constraint);
        return () => new(
            s.InputShape,
            filters,
            kernel,
            stride,
            padding,
            outputPadding,
            dilation,
            groups,
            activation,
            weightPenalty: penalty,
            weightConstraint: constraint,
            biases: biases);
    }

    private static Func<ZeroPadding<T>> ZeroPadding(LayerSettings<T, ZeroPadding<T>> s)
    {
        Padding padding = s.Padding("padding", layer => layer.Padding);
        return () => new(s.InputShape, padding);
    }

    private static Func<UpSampling<T>> UpSampling(LayerSettings<T, UpSampling<T>> s)
    {
        HeightWidth factor = s.HeightWidth("factor", layer => layer.Factor);
        bool isBilinear = s.Flag("bilinear", layer => layer.Interpolation == Interpolation.Bilinear);
        return () => new(s.InputShape, factor, isBilinear ? Interpolation.Bilinear : Interpolation.Nearest);
    }

    private static Func<MaxPooling<T>> MaxPooling(LayerSettings<T, MaxPooling<T>> s)
    {
        HeightWidth size = s.HeightWidth("poolSize", layer => layer.PoolSize);
        HeightWidth stride = s.HeightWidth("stride", layer => layer.Stride);
        Padding padding = s.Padding("padding", layer => layer.Padding);
        return () => new(s.InputShape, size, stride, padding);
    }

    private static Func<AveragePooling<T>> AveragePooling(LayerSettings<T, AveragePooling<T>> s)
    {
        HeightWidth size = s.HeightWidth("poolSize", layer => layer.PoolSize);
        HeightWidth stride = s.HeightWidth("stride", layer => layer.Stride);
        Padding padding = s.Padding("padding", layer => layer.Padding);
        bool countPadding = s.Flag("countPadding", layer => layer.CountPadding);
        return () => new(s.InputShape, size, stride, padding, countPadding);
    }

    private static Func<GlobalMaxPooling<T>> GlobalMaxPooling(LayerSettings<T, GlobalMaxPooling<T>> s) =>
        () => new(s.InputShape);

    private static Func<GlobalAveragePooling<T>> GlobalAveragePooling(
        LayerSettings<T, GlobalAveragePooling<T>> s) =>
        () => new(s.InputShape);

    private static Func<ActivationLayer<T>> Activation(LayerSettings<T, ActivationLayer<T>> s)
    {
        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        return () => new(s.InputShape, activation);
    }

    private static Func<Dropout<T>> Dropout(LayerSettings<T, Dropout<T>> s)
    {
        double rate = s.Number("rate", layer => layer.Rate);
        return () => new(s.InputShape, rate);
    }

    private static Func<SpatialDropout<T>> SpatialDropout(LayerSettings<T, SpatialDropout<T>> s)
    {
        double rate = s.Number("rate", layer => layer.Rate);
        return () => new(s.InputShape, rate);
    }

    private static Func<PReLU<T>> PReLU(LayerSettings<T, PReLU<T>> s)
    {
        bool slopePerFeature = s.Flag("slopePerFeature", layer => layer.Slopes.Count == layer.InputShape.Channels);
        s.RequireTensor("slopes", slopePerFeature ? s.InputShape.Channels : 1);
        return () => new(s.InputShape, slopePerFeature: slopePerFeature);
    }

    private static Func<BatchNormalization<T>> BatchNormalization(LayerSettings<T, BatchNormalization<T>> s)
    {
        s.RequireTensor("gamma", s.InputShape.Channels);
        s.RequireTensor("beta", s.InputShape.Channels);
        s.RequireTensor("runningMean", s.InputShape.Channels);
        s.RequireTensor("runningVariance", s.InputShape.Channels);
        double momentum = s.Number("momentum", layer => layer.Momentum);
        double epsilon = s.Number("epsilon", layer => layer.Epsilon);
        return () => new(s.InputShape, momentum, epsilon);
    }

    private static Func<LayerNormalization<T>> LayerNormalization(LayerSettings<T, LayerNormalization<T>> s)
    {
        s.RequireTensor("gamma", s.InputShape.Channels);
        s.RequireTensor("beta", s.InputShape.Channels);
        double epsilon = s.Number("epsilon", layer => layer.Epsilon);
        return () => new(s.InputShape, epsilon);
    }

    private static Func<GroupNormalization<T>> GroupNormalization(LayerSettings<T, GroupNormalization<T>> s)
    {
        s.RequireTensor("gamma", s.InputShape.Channels);
        s.RequireTensor("beta", s.InputShape.Channels);
        int groups = s.Size("groups", layer => layer.Groups);
        double epsilon = s.Number("epsilon", layer => layer.Epsilon);
        return () => new(s.InputShape, groups, epsilon);
    }

    private static Func<RmsNormalization<T>> RmsNormalization(LayerSettings<T, RmsNormalization<T>> s)
    {
        s.RequireTensor("gamma", s.InputShape.Channels);
        double epsilon = s.Number("epsilon", layer => layer.Epsilon);
        return () => new(s.InputShape, epsilon);
    }

    private static Func<Residual<T>> Residual(LayerSettings<T, Residual<T>> s)
    {
        IReadOnlyList<Layer<T>> layers = s.Layers("layers", layer => layer.Body.Children);
        return () => new(layers);
    }

    private static Func<Sequence<T>> Sequence(LayerSettings<T, Sequence<T>> s)
    {
        IReadOnlyList<Layer<T>> layers = s.Layers("layers", layer => layer.Children);
        return () => new(s.InputShape, layers);
    }

    private static Func<Branches<T>> Branches(LayerSettings<T, Branches<T>> s)
    {
        Merge merge = s.Merge("merge", layer => layer.Merge);
        IReadOnlyList<Sequence<T>> branches = s.Branches("branches", layer => layer.Children);
        return () => new(merge, branches);
    }

    // The weights and biases of a convolution; those of a sequence have no width.
    private static void RequireTensors<TLayer>(
        LayerSettings<T, TLayer> s, int first, HeightWidth kernel, int last, int biases)
        where TLayer : Layer<T>
    {
        ReadOnlySpan<int> weights =
            s.InputShape.Rank == 2 ? [first, kernel.Height, last] : [first, kernel.Height, kernel.Width, last];
        s.RequireTensor("weights", weights);
        if (biases > 0)
        {
            s.RequireTensor("biases", biases);
        }
    }

    private static Func<Slice<T>> Slice(LayerSettings<T, Slice<T>> s)
    {
        long start = s.Integer("start", layer => layer.Start);
        FeatureShape shape = s.Shape("shape", layer => layer.OutputShape);
        return () => new(s.InputShape, checked((int)start), shape);
    }

    private static Func<Permute<T>> Permute(LayerSettings<T, Permute<T>> s)
    {
        IReadOnlyList<long> axes = s.Integers("axes", layer => [.. layer.Axes.Select(axis => (long)axis)]);
        return () => new(s.InputShape, [.. axes.Select(axis => checked((int)axis))]);
    }

    private static Func<Reshape<T>> Reshape(LayerSettings<T, Reshape<T>> s)
    {
        FeatureShape shape = s.Shape("shape", layer => layer.OutputShape);
        return () => new(s.InputShape, shape);
    }

    private static Func<Embedding<T>> Embedding(LayerSettings<T, Embedding<T>> s)
    {
        int categories = s.Size("categories", layer => layer.Categories);
        int size = s.Size("size", layer => layer.Size);
        s.RequireTensor("weights", size, categories);
        IPenalty? penalty = s.OptionalPenalty("weightPenalty", layer => layer.Weights.Penalty);
        IConstraint? constraint = s.OptionalConstraint("weightConstraint", layer => layer.Weights.Constraint);
        return () => new(s.InputShape, categories, size, weightPenalty: penalty, weightConstraint: constraint);
    }

    private static Func<PeriodicFeatures<T>> PeriodicFeatures(LayerSettings<T, PeriodicFeatures<T>> s)
    {
        int frequencies = s.Size("frequencies", layer => layer.Frequencies.Rows);
        s.RequireTensor("frequencies", frequencies, s.InputShape.Size);
        return () => new(s.InputShape, frequencies);
    }

    private static Func<PerStep<T>> PerStep(LayerSettings<T, PerStep<T>> s)
    {
        FeatureShape step = StepShape.OfOne(s.InputShape);
        IReadOnlyList<Layer<T>> layers = s.Layers("layers", layer => layer.Body.Children, step);
        return () => new(s.InputShape[0], new Sequence<T>(step, layers));
    }

    private static Func<LastStep<T>> LastStep(LayerSettings<T, LastStep<T>> s) => () => new(s.InputShape);

    private static Func<AttentionPooling<T>> AttentionPooling(LayerSettings<T, AttentionPooling<T>> s)
    {
        s.RequireTensor("query", s.InputShape.Channels);
        return () => new(s.InputShape);
    }
}
