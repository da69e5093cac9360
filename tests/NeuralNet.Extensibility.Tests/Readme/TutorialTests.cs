using NeuralNet.Data;
using NeuralNet.Datasets;
using NeuralNet.Diagnostics;
using NeuralNet.Pipelines;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The tutorial goes as it says, with files in the current folder.</summary>
[Collection("Pages")]
public sealed class TutorialTests : IDisposable
{
    public void Dispose() => File.Delete("wine.safetensors");

    [Fact]
    public void Unscaled_inputs_are_warned_of_and_scaled_ones_are_learned()
    {
        (DataSet<float> training, DataSet<float> test) = Tutorial.Look();
        (TrainingHistory first, double accuracy) = Tutorial.FirstTry(training, test);
        first.Warnings.Select(warning => warning.Kind).Should().Contain(TrainingWarningKind.UnscaledInputs);
        accuracy.Should().BeLessThan(0.9);

        (Pipeline<float> pipeline, TrainingHistory second) = Tutorial.Scaled(Wine.Load(), training, test);
        second.Warnings.Should().BeEmpty();
        second.StopReason.Should().StartWith("loss has not improved");
        Tutorial.Mistakes(Wine.Load(), pipeline, test).Should().Contain("accuracy");

        (string cultivar, var probabilities) = Tutorial.Use();
        cultivar.Should().Be("1");
        probabilities.Sum().Should().BeApproximately(1, 1e-5f);
    }
}
