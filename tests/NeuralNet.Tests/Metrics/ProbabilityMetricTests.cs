using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

public sealed class ProbabilityMetricTests
{
    private static readonly IMetric[] _metrics = [new LogLoss(), new BrierScore()];

    [Theory]
    [InlineData(2, OutputMeaning.Classes)]
    [InlineData(4, OutputMeaning.Classes)]
    [InlineData(3, OutputMeaning.Labels)]
    [InlineData(1, null)]
    public void Logits_probabilities_and_their_logarithms_give_the_same_figure(int outputs, OutputMeaning? meaning)
    {
        Matrix<double> logits = TestData.Uniform<double>(outputs, 80, seed: 1, from: -5, to: 5);
        Matrix<double> targets = meaning == OutputMeaning.Classes
            ? OneHot.Encode<double>([.. Enumerable.Range(0, 80).Select(j => j * j % outputs)], outputs)
            : Matrix<double>.Build.Dense(outputs, 80, (i, j) => (j + i) % 3 == 0 ? 1 : 0);
        bool areClasses = meaning == OutputMeaning.Classes;
        Matrix<double> probabilities = Apply(areClasses ? new Softmax() : new Sigmoid(), logits);
        Matrix<double> logarithms = Apply(areClasses ? new LogSoftmax() : new LogSigmoid(), logits);
        foreach (IMetric metric in _metrics)
        {
            double expected = Measure(metric, OutputScale.Probability, probabilities);
            Measure(metric, OutputScale.Logit, logits).Should().BeApproximately(expected, 1e-13, metric.Name);
            Measure(metric, OutputScale.LogProbability, logarithms)
                .Should().BeApproximately(expected, 1e-13, metric.Name);
        }

        double Measure(IMetric metric, OutputScale scale, Matrix<double> of)
        {
            IMetricAccumulator accumulator = metric.Start(new OutputDescription { Scale = scale, Meaning = meaning });
            accumulator.Add<double>(of, targets);
            return accumulator.Value;
        }
    }

    [Fact]
    public void A_probability_of_0_for_what_happened_costs_much_but_not_everything()
    {
        IMetricAccumulator accumulator = new LogLoss().Start();
        accumulator.Add<double>(Row(0, 1), Row(1, 0));
        accumulator.Value.Should().BeApproximately(52 * Math.Log(2), 1e-12);

        // Of a logit it is not limited, and keeps its digits where the probability rounds to 1.
        IMetricAccumulator ofLogits = new LogLoss(fromLogits: true).Start();
        ofLogits.Add<double>(Row(-800), Row(1));
        ofLogits.Value.Should().Be(800);
        ofLogits.Reset();
        ofLogits.Add<double>(Row(50), Row(1));
        ofLogits.Value.Should().BeApproximately(Math.Exp(-50), 1e-36);
    }

    [Fact]
    public void What_are_no_probabilities_is_refused()
    {
        foreach (IMetric metric in _metrics)
        {
            IMetricAccumulator accumulator = metric.Start();
            accumulator.Invoking(a => a.Add<double>(Row(0.5, 1.5), Row(0, 1))).Should().Throw<ArgumentException>()
                .WithMessage($"*'{metric.Name}'*output 0 of sample 1*1.5*fromLogits: true*")
                .WithParameterName("outputs");
            accumulator.Invoking(a => a.Add<double>(
                    Matrix<double>.Build.DenseOfColumnArrays([0.5, 0.75]), OneHot.Encode<double>([0], 2)))
                .Should().Throw<ArgumentException>().WithMessage("*sum to 1.25*");
            accumulator.Value.Should().Be(double.NaN, "nothing was added");
            FluentActions.Invoking(() => metric.Start(new OutputDescription()))
                .Should().Throw<ArgumentException>().WithMessage("*probabilities or logits*")
                .WithParameterName("outputs");
        }
    }

    private static Matrix<double> Row(params double[] values) => Matrix<double>.Build.DenseOfRowArrays(values);

    private static Matrix<double> Apply(IActivation activation, Matrix<double> inputs)
    {
        Matrix<double> result = Matrix<double>.Build.SameAs(inputs);
        activation.Forward<double>(
            inputs, new MatrixSpan<double>(result.AsColumnMajorArray(), inputs.RowCount, inputs.ColumnCount));
        return result;
    }
}
