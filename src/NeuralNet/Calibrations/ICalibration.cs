namespace NeuralNet.Calibrations;

/// <summary>
/// A map from the logits of a classifier to probabilities that mean what they say: of the samples to which it gives 80
/// percent, 80 of 100 are of the class.
/// </summary>
/// <remarks>
/// Training makes a network sure of itself, class weights and label smoothing shift what it says, and so a probability
/// of 0.99 may be right nine times in ten. A calibration is fitted on data that the network was not trained on, and
/// changes what the numbers mean, but hardly which is larger. Immutable and safe for any number of threads.
/// </remarks>
public interface ICalibration
{
    /// <summary>The number of outputs of a sample that it takes; null for any number.</summary>
    int? OutputSize { get; }

    /// <summary>Turns the logits of one sample into probabilities, in their place.</summary>
    /// <param name="scores">
    /// Logits: the probabilities before calibration are their softmax where they are of classes, and the sigmoid of
    /// each where there is a single one or they are of labels. A NaN among them makes what depends on it NaN.
    /// </param>
    void Apply(Span<double> scores);
}
