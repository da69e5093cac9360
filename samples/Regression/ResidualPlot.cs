using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Samples.Regression;

/// <summary>
/// Plots residuals over predictions, in plain characters. A good model leaves a shapeless band around 0; a curve or a
/// fan shows what the model missed.
/// </summary>
internal static class ResidualPlot
{
    private const int Width = 64;
    private const int Height = 15;      // odd, so that 0 has a line of its own
    private const int Margin = 11;

    public static void Write(TextWriter page, Vector<double> predicted, Vector<double> residuals)
    {
        double left = predicted.Minimum();
        double right = predicted.Maximum();
        double most = residuals.AbsoluteMaximum();
        int[,] counts = new int[Height, Width];
        for (int i = 0; i < predicted.Count; i++)
        {
            counts[Height - 1 - Place(residuals[i], -most, most, Height), Place(predicted[i], left, right, Width)]++;
        }

        for (int row = 0; row < Height; row++)
        {
            string label = row switch { 0 => Label(most), Height / 2 => "0", Height - 1 => Label(-most), _ => "" };
            char empty = row == Height / 2 ? '-' : ' ';
            char[] line = [.. Enumerable.Range(0, Width).Select(column => Symbol(counts[row, column], empty))];
            page.WriteLine($"{label.PadLeft(Margin - 1)} |{new string(line).TrimEnd()}");
        }

        page.WriteLine(new string(' ', Margin) + "+" + new string('-', Width));
        page.WriteLine(new string(' ', Margin + 1) + Label(left) + Label(right).PadLeft(Width - Label(left).Length));
        page.WriteLine(new string(' ', Margin + 1) + ". one row, o two to four, @ five and more");
    }

    private static int Place(double value, double from, double to, int places) =>
        to > from ? Math.Clamp((int)((value - from) / (to - from) * places), 0, places - 1) : places / 2;

    private static char Symbol(int count, char empty) => count switch { 0 => empty, 1 => '.', < 5 => 'o', _ => '@' };

    private static string Label(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
