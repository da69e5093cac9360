using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;
using static NeuralNet.Extensibility.Tests.FirstHour.Mistake;

namespace NeuralNet.Extensibility.Tests.FirstHour;

/// <summary>What people do wrong in their first hour, and the words that lead them to what is right.</summary>
public sealed partial class BeginnerMistakeTests
{
    [Fact]
    public void Samples_in_rows()
    {
        Matrix<float> rows = Features().Transpose();
        Says<ArgumentException>(() => DataSet.FromLabels(rows, Labels, 3), "150 rows", "inputs.Transpose()");
        Says<ArgumentException>(() => MakeNetwork().Predict(rows), "A sample is a column", "matrix.Transpose()");
    }

    [Fact]
    public void Labels_that_count_from_1()
    {
        int[] fromOne = [.. Labels.Select(label => label + 1)];
        Says<ArgumentOutOfRangeException>(
            () => DataSet.FromLabels(Features(), fromOne, 3),
            "The label of sample 2 is 3", "labels go from 0 to 2", "begin at 1, take 1 from each", "LabelEncoder");
        Says<ArgumentOutOfRangeException>(
            () => DataSet.FromLabels(Features(), [.. Labels.Select(label => label - 1)], 3), "is -1", "LabelEncoder");
    }

    [Fact]
    public void Fewer_or_more_labels_than_samples() => Says<ArgumentException>(
        () => DataSet.FromLabels(Features(), Labels.AsSpan(1), 3), "150 inputs but 149 targets");

    [Fact]
    public void Another_number_of_classes_than_outputs() => Says<ArgumentException>(
        () => MakeTrainer(network: MakeNetwork(outputs: 2)).Fit(Classes()),
        "2 outputs", "3 rows", "must have 3 neurons");

    [Fact]
    public void Numbers_of_classes_in_place_of_one_hot_targets()
    {
        var data = new DataSet<float>(Features(), Matrix<float>.Build.Dense(1, Samples, (_, j) => Labels[j]));
        Says<ArgumentException>(() => MakeTrainer().Fit(data), "Encode class labels with OneHot.Encode");
    }

    [Fact]
    public void One_output_for_yes_or_no_with_a_softmax()
    {
        Matrix<float> yesOrNo = Matrix<float>.Build.Dense(1, Samples, (_, j) => Labels[j] == 0 ? 1 : 0);
        Warns(
            MakeTrainer(network: MakeNetwork(outputs: 1)).Fit(new DataSet<float>(Features(), yesOrNo)),
            TrainingWarningKind.TargetsNotDistributions,
            "there is one output", "always 1", "use SigmoidCrossEntropy, or two outputs");
        Says<ArgumentException>(
            () => MakeTrainer(new SigmoidCrossEntropy(), MakeNetwork(outputs: 1))
                .Fit(DataSet.FromLabels(Features(), [.. Labels.Select(label => label / 2)], 2)),
            "for a single output that says yes or no, a target is one number, 0 or 1");
    }

    [Fact]
    public void A_softmax_before_a_loss_that_has_one()
    {
        Says<ArgumentException>(
            () => MakeTrainer(network: MakeNetwork(last: new Softmax())),
            "takes logits", "Leave 'dense2' without an activation");
        Says<ArgumentException>(
            () => MakeTrainer(new CategoricalCrossEntropy()), "takes probabilities", "Softmax", "SoftmaxCrossEntropy");
        Says<ArgumentException>(
            () => MakeTrainer(new BinaryCrossEntropy()), "takes probabilities", "Sigmoid", "SigmoidCrossEntropy");
    }

    [Fact]
    public void No_activation_between_layers()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(16).Dense(3).Build();
        Warns(
            MakeTrainer(network: network).Fit(Classes()), TrainingWarningKind.LinearLayers,
            "'dense1' has no activation", "one dense layer", "such as new ReLU()");
    }

    [Fact]
    public void An_activation_at_the_end_that_cannot_reach_the_targets()
    {
        var data = new DataSet<float>(Features(), Features().SubMatrix(0, 1, 0, Samples));
        Warns(
            MakeTrainer(new MeanSquaredError(), MakeNetwork(outputs: 1, last: new ReLU())).Fit(data),
            TrainingWarningKind.TargetsOutOfRange,
            "'dense2' ends in ReLU", "above 0 only", "Leave the last layer without an activation");
    }

    [Fact]
    public void Inputs_that_are_not_scaled() => Warns(
        MakeTrainer().Fit(Classes(scale: 500)), TrainingWarningKind.UnscaledInputs,
        "The inputs are not scaled", "Fit a Standardization", "pixels by 255");

    [Fact]
    public void Targets_that_are_not_scaled()
    {
        var prices = new DataSet<float>(Features(), Features(1e5f).SubMatrix(0, 1, 0, Samples));
        Warns(
            MakeTrainer(new MeanSquaredError(), MakeNetwork(outputs: 1)).Fit(prices),
            TrainingWarningKind.UnscaledTargets,
            "targets are large", "DataSet.TransformTargets");
    }

    [Fact]
    public void Validation_data_that_were_forgotten_when_the_inputs_were_scaled()
    {
        (DataSet<float> training, DataSet<float> validation) = Classes(scale: 500).Split(0.8);
        DataSet<float> scaled = training.TransformInputs(Standardization.Fit(training.Inputs));
        Warns(
            MakeTrainer().Fit(scaled, new() { Validation = validation }), TrainingWarningKind.OtherValidationInputs,
            "feature 0 goes from", "validation.TransformInputs(scaling)", "Pipeline");
    }

    [Fact]
    public void Data_sorted_by_class_and_split()
    {
        DataSet<float> sorted = Classes().Select([.. Enumerable.Range(0, Samples).OrderBy(j => Labels[j])]);
        (DataSet<float> training, DataSet<float> validation) = sorted.Split(0.6);
        Warns(
            MakeTrainer().Fit(training, new() { Validation = validation }), TrainingWarningKind.UnseenClasses,
            "samples of class 2", "no training sample", "StratifiedSplit");
        Warns(
            MakeTrainer().Fit(sorted, new() { ValidationSplit = 0.4 }), TrainingWarningKind.UnseenClasses,
            "Shuffle before Split or ValidationSplit");
    }

    [Fact]
    public void A_share_in_percent() => Says<ArgumentOutOfRangeException>(
        () => Classes().Split(80), "It is a share, not percent: for 80 % set 0.8");

    [Fact]
    public void NaN_in_the_data()
    {
        Matrix<float> features = Features();
        features[2, 7] = float.NaN;
        Says<ArgumentException>(
            () => DataSet.FromLabels(features, Labels, 3), "NaN in row 2 of sample 7", "must be a finite number");
        Says<ArgumentException>(() => Standardization.Fit(features), "Feature 2 of sample 7 is NaN");
    }

    [Fact]
    public void An_image_of_another_shape()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(32, 32, 3), seed: 1)
            .Convolution(4, 3, activation: new ReLU()).Dense(3).Build();
        var digits = new DataSet<float>(Matrix<float>.Build.Dense(784, 3), Matrix<float>.Build.DenseIdentity(3));
        Says<ArgumentException>(
            () => MakeTrainer(network: network).Fit(digits), "3072 features (32 × 32 × 3)", "have 784");
        Says<ArgumentException>(
            () => Network.Create<float>(784, seed: 1).Convolution(4, 3),
            "must be an image, height × width × channels", "it is 784", "such a FeatureShape");
    }

    [Fact]
    public void Channels_first()
    {
        Says<ArgumentException>(
            () => Network.Create<float>(new FeatureShape(1, 28, 28), seed: 1).Convolution(4, 3),
            "The image is 1 × 28", "height × width × channels", "FeatureShape(28, 28, 1)", "Permute(1, 2, 0)");
        Network<float> network = Network.Create<float>(new FeatureShape(3, 8, 8), seed: 1)
            .Convolution(4, 3, activation: new ReLU()).Dense(3).Build();
        Matrix<float> images = Matrix<float>.Build.Dense(192, 30, (i, j) => MathF.Sin(i + (5 * j)));
        Warns(
            MakeTrainer(network: network).Fit(DataSet.FromLabels(images, Labels.AsSpan(0, 30), 3)),
            TrainingWarningKind.ChannelsFirst, "3 × 8 pixels with 8 channels", "FeatureShape(8, 8, 3)");
    }

    [Fact]
    public void A_metric_that_does_not_fit_the_loss()
    {
        var numbers = new DataSet<float>(Features(), Features().SubMatrix(0, 1, 0, Samples));
        Says<ArgumentException>(
            () => MakeTrainer(new MeanSquaredError(), MakeNetwork(outputs: 1)).Evaluate(numbers, [new Accuracy()]),
            "Accuracy", "measure BinaryAccuracy");
        Says<ArgumentException>(
            () => MakeTrainer(new MeanSquaredError(), MakeNetwork(outputs: 1))
                .Evaluate(numbers, [new BinaryAccuracy()]),
            "cannot know which outputs mean yes", "For numbers, measure R2Score");
        Says<ArgumentException>(
            () => MakeTrainer().Evaluate(Classes(), [new R2Score()]), "'r2'", "logits", "Measure Accuracy");
    }
}
