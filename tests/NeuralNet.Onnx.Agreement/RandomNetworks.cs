using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Recurrence;

namespace NeuralNet.Onnx.Agreement;

/// <summary>Networks of random layers, branches and shapes: features, sequences and images.</summary>
/// <param name="random">The source of the choices.</param>
internal sealed class RandomNetworks(Random random)
{
    private static readonly Func<IActivation>[] _activations =
    [
        () => new ReLU(), () => new LeakyReLU(0.1), () => new ELU(), () => new SELU(), () => new CELU(1.5),
        () => new GELU(), () => new GELU(tanhApproximation: true), () => new SiLU(), () => new Mish(),
        () => new Sigmoid(), () => new HardSigmoid(), () => new LogSigmoid(), () => new Tanh(),
        () => new HardTanh(-2, 0.5), () => new HardSwish(), () => new Softplus(2), () => new Softsign(),
        () => new AbsoluteValue(), () => new Square(), () => new ThresholdedReLU(0.2), () => new ReLU6(),
        () => new SoftShrink(0.2), () => new TanhShrink(), () => new SquaredReLU(),
    ];

    private const int MostEnlarged = 2000;

    private int _layers;

    /// <summary>Makes a network.</summary>
    public Network<T> Next<T>()
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        _layers = 0;
        FeatureShape shape = random.Next(3) switch
        {
            0 => random.Next(1, 20),
            1 => new FeatureShape(random.Next(4, 12), random.Next(1, 5)),
            _ => new FeatureShape(random.Next(4, 10), random.Next(4, 10), random.Next(1, 4)),
        };
        NetworkBuilder<T> builder = AddSome(Network.Create<T>(shape, random.Next()), depth: 0);
        switch (random.Next(4))
        {
            case 0:
                builder = builder.Dense(random.Next(2, 6), new Softmax());
                break;
            case 1:
                builder = builder
                    .Output("left", head => head.Dense(random.Next(1, 4)))
                    .Output("right", head => head.Dense(random.Next(1, 4), new Sigmoid()));
                break;
            case 2 when _layers > 0:
                break;
            default:
                builder = builder.Dense(random.Next(1, 6));
                break;
        }

        return Scattered(builder.Build());
    }

    private NetworkBuilder<T> Recurrent<T>(NetworkBuilder<T> builder)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        (int units, bool steps, bool both) = (random.Next(1, 20), random.Next(2) == 0, random.Next(3) == 0);
        RecurrentOptions options = new()
        {
            IsReversed = random.Next(3) == 0,
            HasBiases = random.Next(4) > 0,
            LearnsInitialState = random.Next(3) == 0,
        };
        return random.Next(4) switch
        {
            0 => builder.Lstm(units, steps, both, options),
            1 => builder.Gru(units, steps, both, resetAfter: true, options),
            2 => builder.Gru(units, steps, both, resetAfter: false, options),
            _ => builder.SimpleRecurrent(units, random.Next(2) == 0 ? new Tanh() : new ReLU(), steps, both, options),
        };
    }

    private NetworkBuilder<T> AddSome<T>(NetworkBuilder<T> builder, int depth)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int count = random.Next(1, depth == 0 ? 6 : 3);
        for (int i = 0; i < count; i++)
        {
            builder = Add(builder, depth);
            _layers++;
        }

        return builder;
    }

    private NetworkBuilder<T> Add<T>(NetworkBuilder<T> builder, int depth)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        FeatureShape shape = builder.OutputShape;
        bool hasPlaces = shape.Rank is 2 or 3 && shape[0] > 3 && (shape.Rank == 2 || shape[1] > 3);
        switch (random.Next(18))
        {
            case 17 when shape.Rank == 2:
                return Recurrent(builder);
            case 0 when hasPlaces:
                return builder.Convolution(
                    random.Next(1, 6), random.Next(1, 4), random.Next(1, 3), activation: Activation());
            case 1 when hasPlaces:
                return builder.Convolution(random.Next(1, 6), 3, padding: Padding.Same, activation: Activation());
            case 2 when hasPlaces:
                return random.Next(2) == 0 ? builder.MaxPooling(2) : builder.AveragePooling(2);
            case 3 when shape.Rank is 2 or 3:
                return random.Next(2) == 0 ? builder.GlobalMaxPooling() : builder.GlobalAveragePooling();
            case 4:
                return builder.BatchNormalization();
            case 5 when shape.Channels > 1:
                return random.Next(2) == 0 ? builder.LayerNormalization() : builder.RmsNormalization(1e-5);
            case 6 when hasPlaces:
                return builder.GroupNormalization(shape.Channels);
            case 7 when depth < 2:
                return builder.Residual(block => Same(block, shape));
            case 8 when depth < 2:
                Merge[] merges = [Merge.Sum, Merge.Product, Merge.Average, Merge.Maximum, Merge.Concatenation];
                return builder.Branches(
                    merges[random.Next(merges.Length)],
                    branch => branch,
                    branch => Same(branch, shape),
                    branch => Same(branch, shape));
            case 9:
                return builder.PReLU(0.3, random.Next(2) == 0);
            case 10:
                return builder.Dropout(0.2);
            case 11 when shape.Rank > 1:
                return builder.Permute([.. Enumerable.Range(0, shape.Rank).OrderBy(_ => random.Next())]);
            case 12 when shape.Rank > 1:
                return builder.Flatten();
            case 13:
                return builder.Activation(Activation());
            case 14 when hasPlaces && shape.Size < MostEnlarged:
                return builder.TransposedConvolution(random.Next(1, 5), 3, random.Next(1, 3), activation: Activation());
            case 15 when hasPlaces && shape.Size < MostEnlarged:
                return builder.UpSampling(
                    new(random.Next(1, 4), random.Next(1, 3)),
                    random.Next(2) == 0 ? Interpolation.Nearest : Interpolation.Bilinear);
            case 16 when hasPlaces:
                return builder.ZeroPadding(new Padding(
                    random.Next(3), random.Next(3), shape.Rank == 2 ? 0 : random.Next(3), shape.Rank == 2 ? 0 : 1));
            default:
                return builder.Dense(random.Next(1, 12), Activation());
        }
    }

    // Layers that give the shape that they take.
    private NetworkBuilder<T> Same<T>(NetworkBuilder<T> branch, FeatureShape shape)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        shape.IsFlat ? AddSome(branch, depth: 1).Dense(shape.Size)
        : shape.Rank is 2 or 3 && random.Next(2) == 0
        ? branch.Activation(Activation()).Convolution(shape.Channels, 1)
        : branch.BatchNormalization().Activation(Activation());

    private IActivation Activation() => _activations[random.Next(_activations.Length)]();

    // Parameters and statistics as after some training, none of them special.
    private Network<T> Scattered<T>(Network<T> network)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        foreach (Parameter<T> parameter in network.Parameters)
        {
            Span<T> values = parameter.Values;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += T.CreateChecked(0.2 * random.NextDouble());
            }
        }

        return network;
    }
}
