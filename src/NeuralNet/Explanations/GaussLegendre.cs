namespace NeuralNet.Explanations;

/// <summary>
/// Gauss-Legendre quadrature on [0, 1]: ∫ f ≈ Σ wₖ·f(αₖ), exact for polynomials up to degree 2n − 1.
/// </summary>
internal static class GaussLegendre
{
    private const int MostIterations = 100;

    /// <summary>The points in ascending order, and their weights.</summary>
    public static (double[] Points, double[] Weights) Rule(int n)
    {
        double[] points = new double[n];
        double[] weights = new double[n];
        for (int k = 0; k < n; k++)
        {
            // A root of Pₙ by Newton's method from Tricomi's approximation; w = 2 / ((1 − x²)·Pₙ′(x)²) on [−1, 1].
            double x = -Math.Cos(Math.PI * (k + 0.75) / (n + 0.5));
            double derivative = 1;
            double step = double.MaxValue;
            for (int i = 0; i < MostIterations && Math.Abs(step) > 1e-16; i++)
            {
                (double value, derivative) = Legendre(n, x);
                step = value / derivative;
                x -= step;
            }

            points[k] = (1 + x) / 2;
            weights[k] = 1 / ((1 - (x * x)) * derivative * derivative);
        }

        return (points, weights);
    }

    // Pₙ(x) by (m + 1)·Pₘ₊₁ = (2m + 1)·x·Pₘ − m·Pₘ₋₁, and Pₙ′(x) = n·(x·Pₙ − Pₙ₋₁)/(x² − 1).
    private static (double Value, double Derivative) Legendre(int n, double x)
    {
        double before = 1;
        double value = x;
        for (int m = 1; m < n; m++)
        {
            (before, value) = (value, ((((2 * m) + 1) * x * value) - (m * before)) / (m + 1));
        }

        return (value, n * ((x * value) - before) / ((x * x) - 1));
    }
}
