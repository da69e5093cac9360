namespace NeuralNet.Data.Images;

/// <summary>The ways to bring an image to a size whose height and width are in another ratio.</summary>
public enum ImageFit
{
    /// <summary>Height and width are scaled each on its own, so that all of the image is seen, distorted.</summary>
    Stretch,

    /// <summary>
    /// Both are scaled alike, until the image just covers the wanted size; what juts out on two sides is cut off, as
    /// much on one as on the other.
    /// </summary>
    Crop,
}
