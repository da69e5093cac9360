using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Explanations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Explanations;

/// <summary>∂output/∂input is that of what Predict computes, in the units of the inputs.</summary>
public sealed class InputGradientTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> Networks { get; } = new("dropout", "image", "sequence", "outputs");

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_is_the_difference_quotient_of_predictions(string name)
    {
        Network<double> network = Make(name);
        Matrix<double> inputs = Inputs(network.InputSize, 3, seed: 2);

        for (int output = 0; output < network.OutputSize; output++)
        {
            RequireQuotients(
                x => network.Predict(x), inputs, output, network.InputGradient(inputs, output));
        }
    }

    [Fact]
    public void Of_a_pipeline_it_is_in_the_units_of_the_data()
    {
        var scaling = new Standardization([10, -3, 1e6], [2, 0.1, 500]);
        var targets = new MinMaxScaling([0, 100], [20, 900], 0, 1);
        Network<double> network = Network.Create<double>(3, seed: 4).Dense(5, new Tanh()).Dense(2).Build();
        Pipeline<double> pipeline = Pipeline.Create(network, scaling, targets);
        Matrix<double> z = Inputs(3, 2, seed: 3);
        Matrix<double> raw = scaling.Invert(z);

        Matrix<double> gradient = pipeline.InputGradient(raw, output: 1);

        Matrix<double> ofNetwork = network.InputGradient(scaling.Transform(raw), output: 1);
        for (int j = 0; j < raw.ColumnCount; j++)
        {
            for (int i = 0; i < raw.RowCount; i++)
            {
                double expected = ofNetwork[i, j] * 800 / scaling.StandardDeviations[i];
                gradient[i, j].Should().BeApproximately(expected, 1e-12 * Math.Abs(expected));
            }
        }
    }

    [Fact]
    public void A_pipeline_whose_transform_has_no_one_derivative_is_refused()
    {
        Network<double> network = Network.Create<double>(3, seed: 4).Dense(1).Build();
        Pipeline<double> pipeline = Pipeline.Create(network, new OneHotEncoding([[0.0, 1, 2]]));

        Action act = () => pipeline.InputGradient(Matrix<double>.Build.Dense(1, 1), 0);

        act.Should().Throw<NotSupportedException>().WithMessage("*OneHotEncoding*Integrated gradients*");
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Network<double> network = Make("image");
        Matrix<double> inputs = Inputs(network.InputSize, 300, seed: 5);

        network.InputGradient(inputs, 1, threads: 4).ToColumnMajorArray()
            .Should().Equal(network.InputGradient(inputs, 1, threads: 1).ToColumnMajorArray());
    }

    [Fact]
    public void The_pass_that_is_differentiated_gives_what_Predict_gives()
    {
        Network<double> network = Make("dropout");
        Matrix<double> inputs = Inputs(network.InputSize, 5, seed: 6);
        var engine = new BackpropagationEngine<double>(network, threads: 1);

        double[] outputs = engine.Forward(inputs, isTraining: false).Values.ToArray();

        outputs.Should().Equal(network.Predict(inputs).ToColumnMajorArray());
        engine.Forward(inputs).Values.ToArray().Should().NotEqual(outputs);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_output_that_there_is_not_is_refused(int output)
    {
        Action act = () => Make("dropout").InputGradient(Inputs(4, 1, seed: 1), output);

        act.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(output)).WithMessage("*3 outputs*");
    }

    [Fact]
    public void A_derivative_that_is_not_finite_is_refused()
    {
        Action act = () => Make("dropout").InputGradient(Matrix<double>.Build.Dense(4, 2, double.NaN), 0);

        act.Should().Throw<InvalidOperationException>().WithMessage("*output 0 by input 0*sample 0*");
    }

    [Fact]
    public void No_samples_are_refused()
    {
        Action act = () => Make("dropout").InputGradient(new ReadOnlyMatrixSpan<double>([], 4, 0), 0);

        act.Should().Throw<ArgumentException>().WithParameterName("inputs").WithMessage("*at least one sample*");
    }

    private static Network<double> Make(string name)
    {
        Network<double> network = name switch
        {
            "dropout" => Network.Create<double>(4, seed: 1)
                .Dense(6).BatchNormalization().Activation(new Tanh()).Dropout(0.5).Dense(3, new Softmax()).Build(),
            "image" => Network.Create<double>(new FeatureShape(5, 4, 2), seed: 1)
                .Convolution(3, 2, activation: new Sigmoid()).SpatialDropout(0.3).BatchNormalization()
                .GlobalAveragePooling().Dense(2).Build(),
            "sequence" => Network.Create<double>(new FeatureShape(4, 3), seed: 1)
                .Lstm(4, returnSteps: true, bidirectional: true).PerStep(step => step.Dropout(0.4).Dense(3))
                .Gru(3).Dense(2).Build(),
            _ => Network.Create<double>(seed: 1)
                .Input("a", 2).Input("b", 3)
                .Branches(Merge.Concatenation, a => a.From("a").Dense(3, new Tanh()), b => b.From("b").Dropout(0.5))
                .Residual(block => block.Dense(6, new Tanh()).Dropout(0.2))
                .Output("price", price => price.Dense(1)).Output("kind", kind => kind.Dense(2, new Softmax())).Build(),
        };
        foreach (BatchNormalization<double> layer in network.Layers.OfType<BatchNormalization<double>>())
        {
            layer.RunningMean.Values.Fill(0.2);
            layer.RunningVariance.Values.Fill(1.7);
        }

        return network;
    }

    private static void RequireQuotients(
        Func<Matrix<double>, Matrix<double>> predict, Matrix<double> inputs, int output, Matrix<double> gradient)
    {
        for (int i = 0; i < inputs.RowCount; i++)
        {
            Matrix<double> above = inputs.MapIndexed((row, _, x) => row == i ? x + Step : x);
            Matrix<double> below = inputs.MapIndexed((row, _, x) => row == i ? x - Step : x);
            Vector<double> quotients = (predict(above) - predict(below)).Row(output) / (2 * Step);
            for (int j = 0; j < inputs.ColumnCount; j++)
            {
                gradient[i, j].Should().BeApproximately(quotients[j], 1e-8, $"input {i}, sample {j}, output {output}");
            }
        }
    }

    private static Matrix<double> Inputs(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => (2 * random.NextDouble()) - 1);
    }
}
