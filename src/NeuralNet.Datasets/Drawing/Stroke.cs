using System.Numerics;

namespace NeuralNet.Datasets.Drawing;

/// <summary>One movement of a pen: control points in a square from 0 to 1, y downwards.</summary>
/// <param name="IsCurve">True for a smooth curve through the points; false for straight lines between them.</param>
/// <param name="Points">The control points.</param>
internal sealed record Stroke(bool IsCurve, Vector2[] Points)
{
    private const int PiecesPerSpan = 6;

    /// <summary>Straight lines through points given as x, y, x, y, …</summary>
    public static Stroke Line(params float[] coordinates) => new(IsCurve: false, ToPoints(coordinates));

    /// <summary>A smooth curve through points given as x, y, x, y, …</summary>
    public static Stroke Curve(params float[] coordinates) => new(IsCurve: true, ToPoints(coordinates));

    /// <summary>The corners of the line to draw; curves are divided into short straight pieces.</summary>
    /// <param name="place">Maps a control point to the paper.</param>
    public List<Vector2> Trace(Func<Vector2, Vector2> place)
    {
        Vector2[] points = Array.ConvertAll(Points, point => place(point));
        if (!IsCurve)
        {
            return [.. points];
        }

        var trace = new List<Vector2> { points[0] };
        for (int i = 0; i < points.Length - 1; i++)
        {
            for (int piece = 1; piece <= PiecesPerSpan; piece++)
            {
                trace.Add(CatmullRom(points, i, (float)piece / PiecesPerSpan));
            }
        }

        return trace;
    }

    /// <summary>
    /// The Catmull-Rom spline from point i to the next: at each point it is parallel to the chord of its neighbours.
    /// </summary>
    private static Vector2 CatmullRom(Vector2[] points, int i, float t)
    {
        Vector2 start = points[i];
        Vector2 end = points[i + 1];
        Vector2 startTangent = (end - points[Math.Max(i - 1, 0)]) / 2;
        Vector2 endTangent = (points[Math.Min(i + 2, points.Length - 1)] - start) / 2;
        float t2 = t * t;
        float t3 = t2 * t;
        return (start * ((2 * t3) - (3 * t2) + 1)) + (startTangent * (t3 - (2 * t2) + t))
            + (end * ((3 * t2) - (2 * t3))) + (endTangent * (t3 - t2));
    }

    private static Vector2[] ToPoints(float[] coordinates)
    {
        var points = new Vector2[coordinates.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new(coordinates[2 * i], coordinates[(2 * i) + 1]);
        }

        return points;
    }
}
