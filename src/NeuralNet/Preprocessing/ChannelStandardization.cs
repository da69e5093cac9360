using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// Scales each channel of images or sequences to mean 0 and standard deviation 1, taken over all positions of all
/// samples: y = (x − μ) / σ, with the μ and σ of the channel.
/// </summary>
/// <remarks>
/// What torchvision calls <c>Normalize</c>, and a <see cref="Standardization"/> in which all positions of a channel
/// count as one feature: σ² is divided by n, and a constant channel has σ = 1. Networks that were trained on ImageNet
/// expect pixels from 0 to 1 with the means 0.485, 0.456, 0.406 and the deviations 0.229, 0.224, 0.225 of red, green
/// and blue. A data set whose inputs are kept as bytes keeps them so under this transform. The output may be the
/// input's memory.
/// </remarks>
/// <example><code>
/// var shape = new FeatureShape(32, 32, 3);
/// ChannelStandardization scaling = ChannelStandardization.Fit(training.Inputs, shape);
/// DataSet&lt;float&gt; scaled = training.TransformInputs(scaling);
/// </code></example>
public sealed class ChannelStandardization : IInvertibleTransform, IChannelTransform
{
    private readonly Standardization _channels;

    /// <summary>Makes the transform from its numbers.</summary>
    /// <param name="shape">The shape of a sample, such as height, width and channels.</param>
    /// <param name="means">μ of each channel, finite.</param>
    /// <param name="standardDeviations">σ of each channel, finite and above 0.</param>
    /// <exception cref="ArgumentException">There is not one number of each for every channel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ChannelStandardization(
        FeatureShape shape, IReadOnlyList<double> means, IReadOnlyList<double> standardDeviations)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _channels = new(means, standardDeviations);
        if (_channels.InputSize != shape.Channels)
        {
            throw new ArgumentException(
                $"Samples of {shape} have {Quantity.Of(shape.Channels, "channel")}, but there "
                + $"{Quantity.Are(_channels.InputSize, "mean")}.",
                nameof(means));
        }

        Shape = shape;
    }

    /// <summary>The shape of a sample; its last dimension counts the channels.</summary>
    public FeatureShape Shape { get; }

    /// <summary>μ of each channel.</summary>
    public IReadOnlyList<double> Means => _channels.Means;

    /// <summary>σ of each channel.</summary>
    public IReadOnlyList<double> StandardDeviations => _channels.StandardDeviations;

    /// <inheritdoc/>
    public int InputSize => Shape.Size;

    /// <inheritdoc/>
    public int OutputSize => Shape.Size;

    /// <inheritdoc/>
    public int SourceOf(int output) => output;

    /// <inheritdoc/>
    IFeatureTransform IChannelTransform.OfChannels => _channels;

    /// <summary>Learns the mean and the standard deviation of each channel.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">A sample per column, such as the inputs of a data set.</param>
    /// <param name="shape">The shape of a sample, such as height, width and channels.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentException">
    /// There are no samples, they are not of the shape, or a value is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The values are so large that their deviation is not a finite number.
    /// </exception>
    public static ChannelStandardization Fit<T>(ReadOnlyMatrixSpan<T> samples, FeatureShape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        TransformCheck.RequireFinite(samples);
        if (samples.Rows != shape.Size)
        {
            throw new ArgumentException(
                $"Samples of {shape} have {Quantity.Of(shape.Size, "feature")}, but those to fit to have "
                + $"{samples.Rows}." + SampleLayout.Advice(shape.Size, samples.Rows, samples.Columns),
                nameof(samples));
        }

        var channels = Standardization.Fit(Positions(samples, shape));
        return new(shape, channels.Means, channels.StandardDeviations);
    }

    /// <inheritdoc cref="Fit{T}(ReadOnlyMatrixSpan{T}, FeatureShape)"/>
    public static ChannelStandardization Fit<T>(Matrix<T> samples, FeatureShape shape)
        where T : unmanaged, IFloatingPointIeee754<T> => Fit<T>((ReadOnlyMatrixSpan<T>)samples, shape);

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>ChannelStandardization: 784 features; means 0.1; standard deviations 0.3</c>.</returns>
    public override string ToString() => TransformText.Of(
        this,
        $"means {SettingsText.Numbers(Means)}; standard deviations "
        + SettingsText.Numbers(StandardDeviations));

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(input, InputSize, nameof(input), output, OutputSize, nameof(output));
        _channels.Transform(Positions(input, Shape), Positions(output, Shape));
    }

    /// <inheritdoc/>
    public void Invert<T>(ReadOnlyMatrixSpan<T> output, MatrixSpan<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(output, OutputSize, nameof(output), input, InputSize, nameof(input));
        _channels.Invert(Positions(output, Shape), Positions(input, Shape));
    }

    // The last dimension is the fastest, so positions are columns of channels in the same memory.
    private static ReadOnlyMatrixSpan<T> Positions<T>(ReadOnlyMatrixSpan<T> samples, FeatureShape shape)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(samples.Values, shape.Channels, samples.Columns * shape.Positions);

    private static MatrixSpan<T> Positions<T>(MatrixSpan<T> samples, FeatureShape shape)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(samples.Values, shape.Channels, samples.Columns * shape.Positions);
}
