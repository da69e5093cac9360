namespace NeuralNet.Calibrations;

/// <summary>A way to fit a calibration to data.</summary>
public enum CalibrationMethod
{
    /// <summary>
    /// One number that divides the logits, of several labels one for each: <see cref="TemperatureScaling"/>. Needs
    /// little data and never changes which class is the most probable.
    /// </summary>
    Temperature,

    /// <summary>
    /// A straight line through the log-odds, of several classes or labels one for each: <see cref="PlattScaling"/>.
    /// It also takes back a shift, such as that of class weights.
    /// </summary>
    Platt,

    /// <summary>
    /// Any function that does not decrease, of several classes or labels one for each:
    /// <see cref="IsotonicCalibration"/>. It can follow every shape, and needs the most data: a thousand samples and
    /// more.
    /// </summary>
    Isotonic,
}
