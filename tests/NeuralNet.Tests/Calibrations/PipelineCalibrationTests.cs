using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Randomness;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Calibrations;

/// <summary>Calibrated pipelines, of networks whose logits are their inputs.</summary>
public sealed class PipelineCalibrationTests
{
    public static TheoryData<CalibrationMethod, int, string> Cases { get; } = MakeCases();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Too_sure_probabilities_come_to_mean_what_they_say(
        CalibrationMethod method, int outputs, string activation)
    {
        Pipeline<double> pipeline = Identity<double>(outputs, activation);
        DataSet<double> validation = Data<double>(outputs, 6000, seed: 1, areLabels: activation == "Sigmoid");
        DataSet<double> test = Data<double>(outputs, 6000, seed: 2, areLabels: activation == "Sigmoid");
        Pipeline<double> calibrated = pipeline.Calibrate(validation, method);

        double before = pipeline.Reliability(test).ExpectedError;
        before.Should().BeGreaterThan(0.1, "logits are three times too large");
        calibrated.Reliability(test).ExpectedError.Should().BeLessThan(before / 4);
        calibrated.Evaluate(test, [new ExpectedCalibrationError(10)])["expected_calibration_error"]
            .Should().BeApproximately(calibrated.Reliability(test).ExpectedError, 1e-12);

        // Results are probabilities, and the file gives the same to the bit.
        Matrix<double> results = calibrated.Predict(test.Inputs);
        results.Enumerate().All(p => p is >= 0 and <= 1).Should().BeTrue();
        byte[] file = Saved(calibrated);
        Pipeline<double> loaded = Pipeline.Load<double>(new MemoryStream(file));
        loaded.Predict(test.Inputs).Should().BeEquivalentTo(results);
        Saved(loaded).Should().Equal(file);
        calibrated.Predict(test.Inputs, threads: 3).Should().BeEquivalentTo(results);
        calibrated.Predict(test.Inputs.Column(7).ToArray()).Should().Equal(results.Column(7));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("Sigmoid", 1)]
    [InlineData("LogSigmoid", 1)]
    [InlineData("", 3)]
    [InlineData("Softmax", 3)]
    [InlineData("LogSoftmax", 3)]
    public void The_temperature_is_the_same_whatever_the_last_activation_gives(string activation, int outputs)
    {
        DataSet<double> data = Data<double>(outputs, 500, seed: 3);
        Temperature(Identity<double>(outputs, activation)).Should()
            .BeApproximately(Temperature(Identity<double>(outputs, "")), 1e-9);

        double Temperature(Pipeline<double> pipeline) =>
            ((TemperatureScaling)pipeline.Calibrate(data).Calibration!).Temperature;
    }

    [Fact]
    public void A_temperature_keeps_every_label_and_the_metrics_follow_the_probabilities()
    {
        DataSet<float> data = Data<float>(3, 400, seed: 4);
        Pipeline<float> pipeline = Identity<float>(3, "");
        Pipeline<float> calibrated = pipeline.Calibrate(data);
        calibrated.PredictLabels(data.Inputs).Should().Equal(pipeline.PredictLabels(data.Inputs));
        IMetric[] metrics = [new Accuracy(), new RocAuc()];
        calibrated.Evaluate(data, metrics)["accuracy"].Should().Be(pipeline.Evaluate(data, metrics)["accuracy"]);
        calibrated.PredictProbabilities(data.Inputs).Should().BeEquivalentTo(calibrated.Predict(data.Inputs));
        calibrated.Threshold.Should().Be(0.5);
    }

    [Fact]
    public void Probabilities_that_were_rounded_to_one_are_calibrated()
    {
        Pipeline<float> pipeline = Identity<float>(1, "Sigmoid");
        var data = new DataSet<float>(
            Matrix<float>.Build.Dense(1, 6, [-200, -50, 50, 200, 80, -3]),
            Matrix<float>.Build.Dense(1, 6, [0, 0, 1, 1, 0, 1]));
        foreach (CalibrationMethod method in Enum.GetValues<CalibrationMethod>())
        {
            Pipeline<float> calibrated = pipeline.Calibrate(data, method);
            calibrated.Predict(data.Inputs).Enumerate().All(p => p is >= 0 and <= 1).Should().BeTrue();
        }
    }

    [Fact]
    public void NaN_stays_NaN_and_names_no_class()
    {
        DataSet<double> data = Data<double>(1, 100, seed: 5);
        foreach (CalibrationMethod method in Enum.GetValues<CalibrationMethod>())
        {
            Pipeline<double> calibrated = Identity<double>(1, "").Calibrate(data, method);
            calibrated.Predict([double.NaN]).Should().Equal(double.NaN);
            calibrated.Invoking(p => p.PredictLabel([double.NaN])).Should().Throw<ArgumentException>();
            Pipeline<double> three = Identity<double>(3, "").Calibrate(Data<double>(3, 100, seed: 5), method);
            three.Predict([1, double.NaN, 2]).Should().OnlyContain(p => double.IsNaN(p));
        }
    }

    [Fact]
    public void What_was_chosen_for_other_outputs_is_refused()
    {
        DataSet<double> data = Data<double>(1, 100, seed: 6);
        Pipeline<double> pipeline = Identity<double>(1, "").WithThresholds(0.3);
        pipeline.Invoking(p => p.Calibrate(data)).Should().Throw<InvalidOperationException>()
            .WithMessage("*Calibrate first, and choose them then*");
        Pipeline.Create(Network.Create<double>(1, seed: 1).Dense(1).Build()).Invoking(p => p.Calibrate(data)).Should()
            .Throw<InvalidOperationException>().WithMessage("*may be plain numbers*give Pipeline.Create labels*");
        Identity<double>(3, "").Invoking(p => p.WithCalibration(new PlattScaling(1, 0))).Should()
            .Throw<ArgumentException>().WithMessage("The calibration is for 1 output, but the pipeline has 3.*");
        Identity<double>(2, "Sigmoid").Invoking(p => p.WithCalibration(new TemperatureScaling(2))).Should()
            .Throw<ArgumentException>().WithMessage("*PerLabelCalibration*");
    }

    [Fact]
    public void Data_that_tell_of_no_calibration_are_refused()
    {
        Pipeline<double> pipeline = Identity<double>(1, "");
        Refused([-1, -2, 3, 4], [0, 0, 1, 1], "*right in all of these samples*Platt*");
        Refused([-1, -2, 3, 4], [1, 1, 0, 0], "*order of labels*");
        Refused([-1, -2, 3, 4], [1, 1, 1, 1], "*none of the 4 samples has the answer no*");
        Pipeline<double> separable = pipeline.Calibrate(Of([-1, -2, 3, 4], [0, 0, 1, 1]), CalibrationMethod.Platt);
        separable.Predict([4.0])[0].Should().BeInRange(0.6, 0.9, "the target of two samples of a class is 3/4");

        pipeline.Network.Parameters[0].Values[0] = double.NaN;
        Refused([-1, -2, 3, 4], [0, 1, 1, 0], "The result 0 of sample 0 is NaN*");

        void Refused(double[] logits, double[] targets, string message) =>
            pipeline.Invoking(p => p.Calibrate(Of(logits, targets))).Should().Throw<ArgumentException>()
                .WithMessage(message).WithParameterName("validation");

        static DataSet<double> Of(double[] logits, double[] targets) => new(
            Matrix<double>.Build.Dense(1, logits.Length, logits),
            Matrix<double>.Build.Dense(1, targets.Length, targets));
    }

    internal static Pipeline<T> Identity<T>(int outputs, string activation)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        IActivation? last = activation switch
        {
            "Sigmoid" => new Sigmoid(),
            "LogSigmoid" => new LogSigmoid(),
            "Softmax" => new Softmax(),
            "LogSoftmax" => new LogSoftmax(),
            _ => null,
        };
        Network<T> network = Network.Create<T>(outputs, seed: 1).Dense(outputs, last).Build();
        network.Parameters[0].Set(Matrix<T>.Build.DenseIdentity(outputs));
        return Pipeline.Create(
            network,
            labels: new LabelEncoder([.. Enumerable.Range(0, Math.Max(2, outputs)).Select(i => $"label {i}")]),
            meaning: outputs > 1 && last is Sigmoid ? OutputMeaning.Labels : OutputMeaning.Classes);
    }

    /// <summary>Samples whose true logits are a third of the inputs.</summary>
    internal static DataSet<T> Data<T>(int outputs, int samples, int seed, bool areLabels = false)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Random random = RandomStream.FromSeed(seed).CreateGenerator();
        Matrix<T> inputs = Matrix<T>.Build.Dense(outputs, samples);
        Matrix<T> targets = Matrix<T>.Build.Dense(outputs, samples);
        double[] p = new double[outputs];
        for (int j = 0; j < samples; j++)
        {
            for (int i = 0; i < outputs; i++)
            {
                p[i] = 8 * (random.NextDouble() - 0.5);
                inputs[i, j] = T.CreateChecked(p[i]);
                p[i] /= 3;
            }

            if (outputs == 1 || areLabels)
            {
                for (int i = 0; i < outputs; i++)
                {
                    targets[i, j] = random.NextDouble() < LogOdds.Sigmoid(p[i]) ? T.One : T.Zero;
                }

                continue;
            }

            LogOdds.Softmax(p);
            double drawn = random.NextDouble();
            int actual = 0;
            while (actual < outputs - 1 && drawn >= p[actual])
            {
                drawn -= p[actual++];
            }

            targets[actual, j] = T.One;
        }

        return new(inputs, targets);
    }

    internal static byte[] Saved<T>(Pipeline<T> pipeline)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        pipeline.Save(stream);
        return stream.ToArray();
    }

    private static TheoryData<CalibrationMethod, int, string> MakeCases()
    {
        var cases = new TheoryData<CalibrationMethod, int, string>();
        foreach (CalibrationMethod method in Enum.GetValues<CalibrationMethod>())
        {
            cases.Add(method, 1, "");
            cases.Add(method, 1, "Sigmoid");
            cases.Add(method, 3, "");
            cases.Add(method, 3, "Softmax");
            cases.Add(method, 2, "Sigmoid");
        }

        return cases;
    }
}
