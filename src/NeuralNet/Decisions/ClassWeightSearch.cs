namespace NeuralNet.Decisions;

/// <summary>
/// Finds weights wₖ of classes such that deciding for the largest wₖ pₖ serves a goal best: the mean over classes of
/// the goal of each against all others.
/// </summary>
/// <remarks>
/// One weight after the other is moved to its best value, all others kept, until none gets better: as w grows, samples
/// go over to the class one by one, in the order of the ratio of their best other score to that of the class, so each
/// step is a sort and a pass.
/// </remarks>
internal sealed class ClassWeightSearch(double[] probabilities, int classes, int[] actual, ThresholdGoal goal)
{
    private const int MostRounds = 20;

    private readonly double[] _weights = [.. Enumerable.Repeat(1.0, classes)];
    private readonly long[] _of = new long[classes];
    private readonly long[] _decided = new long[classes];
    private readonly long[] _right = new long[classes];

    /// <summary>Finds the weights, those of the first class being 1.</summary>
    /// <exception cref="ArgumentException">No weights serve the goal.</exception>
    public double[] Find(string argument)
    {
        foreach (int one in actual)
        {
            _of[one]++;
        }

        double best = double.NegativeInfinity;
        for (int round = 0; round < MostRounds; round++)
        {
            double before = best;
            for (int k = 0; k < classes; k++)
            {
                best = Math.Max(best, Move(k, best));
            }

            if (!(best > before))
            {
                break;
            }
        }

        return double.IsNegativeInfinity(best)
            ? throw new ArgumentException(
                $"No weights of the {classes} classes serve the goal {goal} for all of them: ask for less, or train "
                + "a better network.",
                argument)
            : Array.ConvertAll(_weights, weight => weight / _weights[0]);
    }

    // Moves the weight of a class if that is better, and returns the figure then.
    private double Move(int k, double best)
    {
        int samples = actual.Length;
        double[] ratios = new double[samples];
        int[] others = new int[samples];
        int[] order = new int[samples];
        Array.Clear(_decided);
        Array.Clear(_right);
        for (int j = 0; j < samples; j++)
        {
            ReadOnlySpan<double> p = probabilities.AsSpan(j * classes, classes);
            int other = -1;
            for (int i = 0; i < classes; i++)
            {
                if (i != k && (other < 0 || _weights[i] * p[i] > _weights[other] * p[other]))
                {
                    other = i;
                }
            }

            order[j] = j;
            others[j] = other;
            ratios[j] = p[k] > 0 ? _weights[other] * p[other] / p[k] : double.PositiveInfinity;
            Count(other, j, 1);
        }

        Array.Sort(ratios, order);
        (double found, double weight) = (best, _weights[k]);
        for (int j = 0; j < samples; j++)
        {
            Count(others[order[j]], order[j], -1);
            Count(k, order[j], 1);
            double next = j + 1 < samples ? ratios[j + 1] : 2 * ratios[j];
            double middle = Math.Sqrt(ratios[j]) * Math.Sqrt(next);
            if (middle > ratios[j] && middle < next && double.IsFinite(middle) && Figure() is double figure
                && figure > found)
            {
                (found, weight) = (figure, middle);
            }
        }

        _weights[k] = weight;
        return found;
    }

    private void Count(int decided, int sample, int change)
    {
        _decided[decided] += change;
        _right[decided] += actual[sample] == decided ? change : 0;
    }

    private double Figure()
    {
        double sum = 0;
        for (int i = 0; i < classes; i++)
        {
            long wrong = _decided[i] - _right[i];
            sum += goal.Score(new(
                _right[i], wrong, _of[i] - _right[i], actual.Length - _of[i] - wrong));
        }

        return sum / classes;
    }
}
