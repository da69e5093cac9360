using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Diagnostics;

/// <summary>Validation data that cannot be judged by what was trained on are named, and others are not.</summary>
public sealed class ValidationCheckTests
{
    [Theory]
    [InlineData(1, 0, 500, 3, true)] // validation not scaled
    [InlineData(1, 0, 1, 12, true)]
    [InlineData(100, 100, 0.5, 0.5, true)] // pixels divided by 255 only there
    [InlineData(500, 3, 1, 0, true)]
    [InlineData(1, 0, 1, 0, false)]
    [InlineData(1, 0, 2.5, 0, false)]
    [InlineData(1, 0, 0.1, 0.9, false)] // later times
    [InlineData(1, 0, 0.1, 1.1, false)]
    [InlineData(1, 0, 0.05, -0.2, false)]
    public void Inputs_of_another_scale_are_named(
        double scale, double center, double otherScale, double otherCenter, bool isNamed)
    {
        TrainingHistory history = Fit(Data(300, scale, center), Data(40, otherScale, otherCenter));
        string[] found = [.. history.Warnings
            .Where(warning => warning.Kind == TrainingWarningKind.OtherValidationInputs)
            .Select(warning => warning.Message)];
        found.Should().HaveCount(isNamed ? 1 : 0);
        found.All(message => message.Contains("validation.TransformInputs(scaling)")).Should().BeTrue();
    }

    [Fact]
    public void A_feature_that_is_the_same_in_training_or_rarely_far_off_is_no_other_scale()
    {
        Matrix<float> training = Inputs(300, 1, 0);
        training.SetRow(1, new float[300]);
        Matrix<float> validation = Inputs(40, 1, 0);
        validation[0, 3] = 1e6f;
        Fit(Labelled(training, j => j % 3), Labelled(validation, j => j % 3)).Warnings
            .Should().NotContain(warning => warning.Kind == TrainingWarningKind.OtherValidationInputs);
    }

    [Fact]
    public void Classes_that_training_never_sees_are_named()
    {
        string message = Fit(Labelled(Inputs(300, 1, 0), j => j % 2), Labelled(Inputs(40, 1, 0), j => j % 3)).Warnings
            .Should().ContainSingle(warning => warning.Kind == TrainingWarningKind.UnseenClasses).Which.Message;
        message.Should().Contain("samples of class 2, but").And.Contain("StratifiedSplit").And.Contain("Shuffle");
        Fit(Labelled(Inputs(300, 1, 0), _ => 0), Labelled(Inputs(40, 1, 0), j => j % 3)).Warnings
            .Should().Contain(warning => warning.Message.Contains("the classes 1, 2, but"));
    }

    [Fact]
    public void A_run_that_ends_before_all_samples_were_seen_says_nothing_of_classes()
    {
        DataSet<float> training = Labelled(Inputs(300, 1, 0), j => j < 290 ? 0 : j % 3);
        DataSet<float> validation = Labelled(Inputs(40, 1, 0), j => j % 3);
        Fit(training, validation).Warnings.Should().NotContain(w => w.Kind == TrainingWarningKind.UnseenClasses);
        Fit(training, validation, steps: 2).Warnings
            .Should().NotContain(warning => warning.Kind == TrainingWarningKind.UnseenClasses);
    }

    [Fact]
    public void Targets_that_are_not_known_name_no_class()
    {
        Matrix<float> inputs = Inputs(300, 1, 0);
        int[] known = [.. Enumerable.Range(0, 300).Select(j => j % 2)];
        int[] masked = [.. Enumerable.Range(0, 300).Select(j => j % 3 == 0 ? -1 : j % 2)];
        DataSet<float> Of(int[] labels) => new(inputs, OneHot.Encode<float>(labels, 3, steps: 1, mask: -1));
        Fit(Of(known), Of(masked), new SoftmaxCrossEntropy().Masked(-1)).Warnings
            .Should().NotContain(warning => warning.Kind == TrainingWarningKind.UnseenClasses);
    }

    private static Matrix<float> Inputs(int count, double scale, double center) =>
        TestData.Uniform<float>(4, count, seed: count).Map(x => (float)((x * scale) + center));

    private static DataSet<float> Data(int count, double scale, double center) =>
        Labelled(Inputs(count, scale, center), j => j % 3);

    private static DataSet<float> Labelled(Matrix<float> inputs, Func<int, int> label) =>
        DataSet.FromLabels(inputs, [.. Enumerable.Range(0, inputs.ColumnCount).Select(label)], 3);

    private static TrainingHistory Fit(
        DataSet<float> training, DataSet<float> validation, ILoss? loss = null, int? steps = null)
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(8, new ReLU()).Dense(3).Build();
        return new Trainer<float>(network, loss ?? new SoftmaxCrossEntropy(), new Adam()).Fit(
            training, new() { Epochs = 1, Steps = steps, Validation = validation, Shuffle = steps is null });
    }
}
