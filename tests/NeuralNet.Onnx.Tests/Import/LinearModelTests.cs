using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Linear models as ML.NET and scikit-learn write them, whose weights are attributes.</summary>
public sealed class LinearModelTests
{
    private static readonly double[] _coefficients = [0.5, -1, 2, 0.25, 1.5, -0.75];
    private static readonly double[] _intercepts = [0.125, -2];

    [Fact]
    public void A_regression_is_a_dense_layer()
    {
        Regressor(1).WithFloats("coefficients", 0.5, -1, 2).WithFloats("intercepts", 3)
            .ShouldCompute(x => [(0.5 * x[0]) - x[1] + (2 * x[2]) + 3])
            .Layers.Should().ContainSingle().Which.Kind.Should().Be("dense");
        Regressor(2).WithFloats("coefficients", _coefficients).WithFloats("intercepts", _intercepts)
            .ShouldCompute(Scores);
        Regressor(2).WithFloats("coefficients", _coefficients).ShouldCompute(x => Scores(x).Select(
            (score, j) => score - _intercepts[j]));
        Regressor(1).WithFloats("coefficients", 0.5, -1, 2).With(OnnxAttribute.Text("post_transform", "LOGISTIC"))
            .ShouldCompute(x => [Sigmoid((0.5 * x[0]) - x[1] + (2 * x[2]))]);
    }

    [Fact]
    public void A_classifier_of_several_labels_gives_their_scores()
    {
        GraphText text = Classifier("SOFTMAX").WithFloats("coefficients", [.. _coefficients, 1, 1, 1])
            .WithFloats("intercepts", [.. _intercepts, 0.5]).WithTexts("classlabels_strings", "a", "b", "c");
        Network<double> network = text.ShouldCompute(x =>
        {
            double[] exponentials = [.. Scores(x).Append(x.Sum() + 0.5).Select(Math.Exp)];
            return exponentials.Select(one => one / exponentials.Sum());
        });
        network.OutputActivation!.Name.Should().Be("Softmax");

        // The label is decided from the scores, whichever of them is asked for.
        text.Load(new() { OutputNames = ["label"] }).OutputSize.Should().Be(3);
        text.Outputs("label").Load().OutputSize.Should().Be(3);
    }

    [Fact]
    public void Two_labels_may_have_one_score()
    {
        Classifier("LOGISTIC").WithFloats("coefficients", 0.5, -1, 2).WithFloats("intercepts", 0.25)
            .With(OnnxAttribute.Ints("classlabels_ints", 0, 1)).ShouldCompute(x =>
            {
                double score = (0.5 * x[0]) - x[1] + (2 * x[2]) + 0.25;
                return [1 - Sigmoid(score), Sigmoid(score)];
            });
        Classifier("NONE").WithFloats("coefficients", 0.5, -1, 2).WithFloats("intercepts", 0.25)
            .With(OnnxAttribute.Ints("classlabels_ints", 0, 1)).ShouldCompute(x =>
            {
                double score = (0.5 * x[0]) - x[1] + (2 * x[2]) + 0.25;
                return [1 - score, score];
            });
        Classifier("LOGISTIC").WithFloats("coefficients", _coefficients).WithFloats("intercepts", _intercepts)
            .With(OnnxAttribute.Ints("classlabels_ints", 0, 1)).ShouldCompute(x => Scores(x).Select(Sigmoid));
    }

    [Fact]
    public void A_scaler_subtracts_and_multiplies()
    {
        GraphText text = new GraphText(3, "a = ai.onnx.ml.Scaler(x)").WithFloats("offset", 1, -2, 0.5)
            .WithFloats("scale", 2, 0.5, -1).Then("y = ai.onnx.ml.LinearRegressor(a)")
            .WithFloats("coefficients", 0.5, -1, 2);
        text.ShouldCompute(x => [(0.5 * (x[0] - 1) * 2) - ((x[1] + 2) * 0.5) + (2 * (x[2] - 0.5) * -1)]);
        new GraphText(3, "y = ai.onnx.ml.Scaler(x)").WithFloats("offset", 1).WithFloats("scale", 4)
            .ShouldCompute(x => x.Select(value => (value - 1) * 4));
    }

    [Fact]
    public void Probabilities_by_name_are_passed_on()
    {
        GraphText text = Classifier("SOFTMAX").WithFloats("coefficients", _coefficients)
            .WithFloats("intercepts", _intercepts).With(OnnxAttribute.Ints("classlabels_ints", 0, 1))
            .Then("map = ai.onnx.ml.ZipMap(y)").With(OnnxAttribute.Ints("classlabels_int64s", 0, 1))
            .Outputs("label", "map");
        text.ShouldCompute(x => Scores(x).Select(score => Math.Exp(score) / Scores(x).Sum(Math.Exp)));
    }

    [Fact]
    public void A_file_may_have_no_standard_operators()
    {
        GraphText text = Regressor(2).WithFloats("coefficients", _coefficients).WithFloats("intercepts", _intercepts);
        text.Model.OpsetImport[0] = new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 2 };
        text.ShouldCompute(Scores);
        text.Model.OpsetImport.Clear();
        text.ShouldBe<InvalidDataException>("*does not say which opset it has*");
    }

    [Fact]
    public void A_model_that_contradicts_itself_is_refused()
    {
        Regressor(2).WithFloats("coefficients", 1, 2, 3)
            .ShouldBe<NotSupportedException>("*(ai.onnx.ml.LinearRegressor)*3 coefficients for 2 scores*");
        Regressor(1).WithFloats("coefficients", 1, 2)
            .ShouldBe<NotSupportedException>("*(ai.onnx.ml.LinearRegressor)*2 numbers for 3 features*");
        Regressor(2).WithFloats("coefficients", _coefficients).WithFloats("intercepts", 1)
            .ShouldBe<NotSupportedException>("*(ai.onnx.ml.LinearRegressor)*1 intercept for 2 scores*");
        Regressor(1).ShouldBe<NotSupportedException>("*(ai.onnx.ml.LinearRegressor)*no 'coefficients'*");
        Regressor(1).WithFloats("coefficients", 1, 2, 3).With(OnnxAttribute.Text("post_transform", "PROBIT"))
            .ShouldBe<NotSupportedException>("*(ai.onnx.ml.LinearRegressor)*'post_transform' is PROBIT*");
        Classifier("NONE").WithFloats("coefficients", _coefficients)
            .ShouldBe<NotSupportedException>("*(ai.onnx.ml.LinearClassifier)*0 scores for 0 labels*");
        Classifier("SOFTMAX").WithFloats("coefficients", 1, 2, 3).WithFloats("intercepts", 1)
            .With(OnnxAttribute.Ints("classlabels_ints", 0, 1))
            .ShouldBe<NotSupportedException>("*(ai.onnx.ml.LinearClassifier)*SOFTMAX of a single score*");
    }

    private static GraphText Regressor(int targets) =>
        new GraphText(3, "y = ai.onnx.ml.LinearRegressor(x)").With(OnnxAttribute.Int("targets", targets));

    private static GraphText Classifier(string transform) =>
        new GraphText(3, "label y = ai.onnx.ml.LinearClassifier(x)")
            .With(OnnxAttribute.Text("post_transform", transform)).Outputs("label", "y");

    private static double[] Scores(double[] x) =>
    [
        .. Enumerable.Range(0, 2).Select(
            j => x.Select((value, i) => value * _coefficients[(3 * j) + i]).Sum() + _intercepts[j]),
    ];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    [Fact]
    public void A_normalizer_divides_by_the_sum_or_the_length()
    {
        L("L1").ShouldCompute(x => x.Select(value => value / x.Sum(Math.Abs)));
        L("L2").ShouldCompute(x => x.Select(value => value / Math.Sqrt(x.Sum(one => one * one))));
        L("L1").Load().Predict([0, 0, 0]).Should().Equal(0, 0, 0);
        L("MAX").ShouldBe<NotSupportedException>("*(ai.onnx.ml.Normalizer)*'norm' is MAX*");

        static GraphText L(string norm) =>
            new GraphText(3, "y = ai.onnx.ml.Normalizer(x)").With(OnnxAttribute.Text("norm", norm));
    }
}
