using System.Globalization;
using System.Text;
using MathNet.Numerics.Distributions;
using NeuralNet.Randomness;

namespace NeuralNet.Samples.Regression;

/// <summary>Generates falling-balls.csv: a formula, plus the error of a stopwatch in a human hand.</summary>
/// <remarks>
/// A ball of radius r and density ρ is let go at rest in a fluid of density ρ_f and viscosity μ. Weight pulls it down,
/// buoyancy and drag hold it back, and it drags along half the fluid that it displaces (the added mass):
/// <code>
/// (ρ + ½ρ_f)·V·dv/dt = (ρ − ρ_f)·V·g − F(v),      V = 4/3·π·r³
/// F(v) = 6π·μ·r·v · (1 + 0.15·Re^0.687 + Re/24 · 0.42 / (1 + 42500·Re^−1.16)),      Re = 2·r·v·ρ_f/μ
/// </code>
/// F is Stokes' law with the correction of Clift and Gauvin (1971); it holds for a smooth ball up to Re = 3·10⁵, which
/// no ball here reaches. The walls of the vessel are ignored.
/// </remarks>
internal static class FallingBalls
{
    public const string FileName = "falling-balls.csv";
    public const string Header = "radius_mm,density_kg_m3,fluid,temperature_c,height_m," + Target;
    public const string Target = "fall_time_s";
    public const int Rows = 1500;

    /// <summary>The error of a hand on a stopwatch: the standard deviation, in seconds.</summary>
    public const double StopwatchError = 0.05;

    private const double Gravity = 9.80665;
    private const double TimeStep = 0.001;

    /// <summary>The whole table as text; the same seed gives the same bytes.</summary>
    public static string Csv(int seed)
    {
        Random random = RandomStream.FromSeed(seed).CreateGenerator();
        StringBuilder csv = new StringBuilder(Header).Append('\n');
        for (int row = 0; row < Rows; row++)
        {
            // Rounded first, so that the time matches the row as written.
            double radius = Draw(random, 4, 12, decimals: 2);
            double density = Draw(random, 2000, 8000, decimals: 0);
            string fluid = Fluid.Names[random.Next(Fluid.Names.Count)];
            double temperature = Draw(random, 10, 50, decimals: 1);
            double height = Draw(random, 0.5, 2, decimals: 3);
            double time = FallTime(radius, density, fluid, temperature, height)
                + Normal.Sample(random, 0, StopwatchError);
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{radius:F2},{density:F0},{fluid},{temperature:F1},{height:F3},{time:F2}\n");
        }

        return csv.ToString();
    }

    /// <summary>Computes the time in seconds that a ball needs to fall from rest.</summary>
    /// <param name="radius">r in mm.</param>
    /// <param name="density">ρ in kg/m³, above that of the fluid.</param>
    /// <param name="fluid">Its name.</param>
    /// <param name="temperature">In °C.</param>
    /// <param name="height">The height of the fall, in m.</param>
    public static double FallTime(double radius, double density, string fluid, double temperature, double height)
    {
        double r = radius / 1000;
        (double fluidDensity, double viscosity) = Fluid.At(fluid, temperature);
        double volume = 4.0 / 3 * Math.PI * r * r * r;
        double pull = (density - fluidDensity) * volume * Gravity;
        double mass = (density + (fluidDensity / 2)) * volume;

        // The fourth-order Runge–Kutta method on dv/dt = a(v) and dx/dt = v.
        double v = 0;
        double x = 0;
        for (double t = 0; ; t += TimeStep)
        {
            double k1 = Acceleration(v);
            if (k1 < 1e-6 * Gravity)
            {
                return t + ((height - x) / v);      // it goes on at the speed that it has
            }

            double k2 = Acceleration(v + (TimeStep / 2 * k1));
            double k3 = Acceleration(v + (TimeStep / 2 * k2));
            double k4 = Acceleration(v + (TimeStep * k3));
            double step = TimeStep * (v + (TimeStep / 6 * (k1 + k2 + k3)));
            if (x + step >= height)
            {
                return t + (TimeStep * (height - x) / step);
            }

            x += step;
            v += TimeStep / 6 * (k1 + (2 * k2) + (2 * k3) + k4);
        }

        double Acceleration(double speed)
        {
            double re = 2 * r * speed * fluidDensity / viscosity;
            double beyondStokes = 1
                + (0.15 * Math.Pow(re, 0.687))
                + (re / 24 * 0.42 / (1 + (42_500 * Math.Pow(re, -1.16))));
            return (pull - (6 * Math.PI * viscosity * r * speed * beyondStokes)) / mass;
        }
    }

    private static double Draw(Random random, double from, double to, int decimals) =>
        Math.Round(from + ((to - from) * random.NextDouble()), decimals);
}
