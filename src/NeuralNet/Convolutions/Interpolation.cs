namespace NeuralNet.Convolutions;

/// <summary>The ways to fill an enlarged image between the pixels of the original.</summary>
public enum Interpolation
{
    /// <summary>Each pixel is repeated.</summary>
    Nearest,

    /// <summary>
    /// Between the centres of neighbouring pixels, values change linearly along both axes; beyond those of the
    /// outermost they stay. Of sequences, it is linear along the steps.
    /// </summary>
    Bilinear,
}
