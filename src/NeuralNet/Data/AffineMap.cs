namespace NeuralNet.Data;

/// <summary>The map from a pixel of the result to its source: x' = xx·x + xy·y + x0, y' = yx·x + yy·y + y0.</summary>
internal readonly record struct AffineMap(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    /// <summary>
    /// Makes the map that shifts an image, rotates it about its centre, from the x axis to the y axis, and scales it by
    /// a factor. It maps the result back to the image: d − c − t is rotated the other way and divided by the factor.
    /// </summary>
    public static AffineMap Around(int width, int height, double shiftX, double shiftY, double degrees, double factor)
    {
        (double sine, double cosine) = Math.SinCos(degrees * (Math.PI / 180));
        sine /= factor;
        cosine /= factor;
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        double x = centreX + shiftX;
        double y = centreY + shiftY;
        return new(
            cosine, sine, centreX - (cosine * x) - (sine * y),
            -sine, cosine, centreY + (sine * x) - (cosine * y));
    }
}
