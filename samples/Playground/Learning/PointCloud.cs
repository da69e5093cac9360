using NeuralNet.Randomness;

namespace NeuralNet.Samples.Playground.Learning;

/// <summary>Points of two classes in the square from −3 to 3: x, y and the class, point after point.</summary>
internal static class PointCloud
{
    /// <summary>Number of numbers per point.</summary>
    public const int Stride = 3;

    // Inputs that vary by about 1 suit the initial weights of a network.
    private const double Scale = 3;

    /// <summary>Draws points.</summary>
    /// <param name="kind">The figure: spiral, circles, xor or moons.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="noise">How far points stray, from 0 to 1.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">There is no such figure.</exception>
    public static double[] Draw(string kind, int count, double noise, int seed)
    {
        Random random = RandomStream.FromSeed(seed).Derive(7).CreateGenerator();
        double[] points = new double[count * Stride];
        for (int i = 0; i < count; i++)
        {
            int label = i % 2;
            double t = ((i / 2) + 0.5) / ((count + 1) / 2);
            (double x, double y) = kind switch
            {
                "spiral" => Spiral(t, label),
                "circles" => Circles(t, label, random),
                "xor" => Xor(label, random),
                "moons" => Moons(t, label),
                _ => throw new ArgumentException($"There are no points '{kind}'.", nameof(kind)),
            };
            points[i * Stride] = Scale * (x + (noise * 0.3 * Spread(random)));
            points[(i * Stride) + 1] = Scale * (y + (noise * 0.3 * Spread(random)));
            points[(i * Stride) + 2] = label;
        }

        return points;
    }

    private static (double X, double Y) Spiral(double t, int label)
    {
        double angle = (1.25 * t * 2 * Math.PI) + (label * Math.PI);
        return (0.92 * t * Math.Sin(angle), 0.92 * t * Math.Cos(angle));
    }

    private static (double X, double Y) Circles(double t, int label, Random random)
    {
        double radius = label == 1 ? 0.4 * Math.Sqrt(random.NextDouble()) : 0.7 + (0.2 * random.NextDouble());
        return (radius * Math.Sin(2 * Math.PI * t), radius * Math.Cos(2 * Math.PI * t));
    }

    private static (double X, double Y) Xor(int label, Random random)
    {
        (double x, double y) = (0.06 + (0.84 * random.NextDouble()), 0.06 + (0.84 * random.NextDouble()));
        int side = random.Next(2) == 0 ? 1 : -1;
        return (side * x, (label == 1 ? side : -side) * y);
    }

    private static (double X, double Y) Moons(double t, int label)
    {
        (double x, double y) = (Math.Cos(Math.PI * t), Math.Sin(Math.PI * t));
        return label == 0 ? ((0.6 * x) - 0.3, (0.75 * y) - 0.25) : (0.3 - (0.6 * x), 0.25 - (0.75 * y));
    }

    // Uniform from −1 to 1, twice: most points stay near.
    private static double Spread(Random random) => random.NextDouble() + random.NextDouble() - 1;
}
