namespace NeuralNet.Metrics;

/// <summary>A point of a <see cref="ScoreCurve"/>: the rates if the scores at or above a threshold mean yes.</summary>
/// <param name="Threshold">The threshold, one of the scores; ∞ where no score means yes.</param>
/// <param name="X">The false positive rate, or the recall.</param>
/// <param name="Y">The true positive rate, or the precision.</param>
public readonly record struct CurvePoint(double Threshold, double X, double Y);
