using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Randomness;

namespace NeuralNet.Text;

/// <summary>
/// Draws the next symbol of a text: number i with the probability softmax(z/τ)ᵢ, where z are the logits that a network
/// gives and τ is the temperature.
/// </summary>
/// <remarks>
/// At a temperature of 1 symbols are drawn as often as the network expects them; below, likely ones more often; near 0
/// the most likely one always. Top-k sampling draws among the k most likely ones alone (Fan, Lewis and Dauphin,
/// "Hierarchical neural story generation", 2018). The same seed gives the same draws. A sampler is for one thread.
/// </remarks>
public sealed class SymbolSampler
{
    private readonly Random _random;
    private double[] _shares = [];
    private int[] _order = [];

    /// <summary>Makes a sampler.</summary>
    /// <param name="seed">The same seed gives the same draws.</param>
    /// <param name="temperature">τ, at least 0; 0 takes the most likely symbol always.</param>
    /// <param name="topK">The number of most likely symbols that are drawn from; all if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The temperature is negative or not finite, or the number below 1.
    /// </exception>
    public SymbolSampler(int seed, double temperature = 1, int? topK = null)
    {
        Temperature = Require.NotNegative(temperature);
        TopK = topK is { } most ? Require.AtLeast(most, 1, nameof(topK)) : null;
        _random = RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Sampling).CreateGenerator();
    }

    /// <summary>τ.</summary>
    public double Temperature { get; }

    /// <summary>The number of most likely symbols that are drawn from; null for all.</summary>
    public int? TopK { get; }

    /// <summary>Draws a number.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="logits">z, one per symbol; −∞ for one that is never drawn.</param>
    /// <returns>A number from 0 to the number of logits − 1.</returns>
    /// <exception cref="ArgumentException">There is no logit that can be drawn, or one is NaN or +∞.</exception>
    public int Draw<T>(ReadOnlySpan<T> logits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = BestOf(logits);
        if (_shares.Length < logits.Length)
        {
            _shares = new double[logits.Length];
            _order = new int[logits.Length];
        }

        // One draw whatever the temperature, so that samplers stay in step.
        double drawn = _random.NextDouble();
        if (Temperature == 0)
        {
            return best;
        }

        double largest = double.CreateChecked(logits[best]);
        double sum = 0;
        int last = best;
        ReadOnlySpan<int> candidates = Candidates(logits);
        foreach (int i in candidates)
        {
            sum += _shares[i] = Math.Exp((double.CreateChecked(logits[i]) - largest) / Temperature);
        }

        // The share of the sum that the symbols up to the drawn one have in common.
        double rest = drawn * sum;
        foreach (int i in candidates)
        {
            if (_shares[i] > 0)
            {
                last = i;
                rest -= _shares[i];
                if (rest < 0)
                {
                    return i;
                }
            }
        }

        // Rounding left a rest: the last one that can be drawn.
        return last;
    }

    // Their order does not depend on which others there are: by logit, of equal ones the first, or by number for all.
    private ReadOnlySpan<int> Candidates<T>(ReadOnlySpan<T> logits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> order = _order.AsSpan(0, logits.Length);
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            _shares[i] = -double.CreateChecked(logits[i]);
        }

        if (TopK is not { } most || most >= order.Length)
        {
            return order;
        }

        Span<double> keys = _shares.AsSpan(0, order.Length);
        for (int place = 0; place < most; place++)
        {
            int least = place;
            for (int i = place + 1; i < order.Length; i++)
            {
                if (keys[order[i]] < keys[order[least]]
                    || (keys[order[i]] == keys[order[least]] && order[i] < order[least]))
                {
                    least = i;
                }
            }

            (order[place], order[least]) = (order[least], order[place]);
        }

        return order[..most];
    }

    private static int BestOf<T>(ReadOnlySpan<T> logits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = -1;
        for (int i = 0; i < logits.Length; i++)
        {
            if (T.IsNaN(logits[i]) || T.IsPositiveInfinity(logits[i]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Logit {i} is {logits[i]}; a logit must be a number, or −∞ for what is never drawn."),
                    nameof(logits));
            }

            if (!T.IsNegativeInfinity(logits[i]) && (best < 0 || logits[i] > logits[best]))
            {
                best = i;
            }
        }

        return best >= 0
            ? best
            : throw new ArgumentException(
                $"There is nothing to draw from: none of {Quantity.Of(logits.Length, "logit")} is a number.",
                nameof(logits));
    }
}
