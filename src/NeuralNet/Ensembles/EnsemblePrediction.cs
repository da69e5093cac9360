using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;

namespace NeuralNet.Ensembles;

/// <summary>The predictions of an ensemble: those of each member, their mean and their spread.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class EnsemblePrediction<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly OutputKind? _kind;

    internal EnsemblePrediction(Matrix<T> mean, Matrix<T>[] members, OutputKind? kind)
    {
        Mean = mean;
        Members = members;
        _kind = kind;
        StandardDeviation = Matrix<T>.Build.Dense(mean.RowCount, mean.ColumnCount, Deviation);
    }

    /// <summary>The prediction of the ensemble, as <c>Predict</c> gives it: outputs × batch.</summary>
    public Matrix<T> Mean { get; }

    /// <summary>The prediction of each member, outputs × batch.</summary>
    public IReadOnlyList<Matrix<T>> Members { get; }

    /// <summary>
    /// How far the members are apart: √(Σₖ (fₖ − f̄)² / (k − 1)) of each output, outputs × batch. It is what the
    /// networks do not know, not the scatter of the data around what they would know.
    /// </summary>
    public Matrix<T> StandardDeviation { get; }

    /// <summary>
    /// The uncertainty of the answer, H(p̄) = −Σᵢ p̄ᵢ·log p̄ᵢ of the mean probabilities, for each sample: from 0,
    /// sure, to the logarithm of the number of classes. Of yes-or-no answers, the sum of theirs.
    /// </summary>
    /// <returns>An entropy per sample, in nats.</returns>
    /// <exception cref="InvalidOperationException">The outputs are not probabilities.</exception>
    public Vector<double> Entropy()
    {
        RequireProbabilities();
        return Entropies(Mean);
    }

    /// <summary>
    /// The part of the uncertainty that is the members' disagreement, H(p̄) − (1/k) Σₖ H(pₖ), for each sample: 0 where
    /// all give the same probabilities, be these sure or not; large where each is sure of something else, as on samples
    /// unlike those of training.
    /// </summary>
    /// <remarks>The mutual information of answer and model: Houlsby and others (2011), Depeweg and others (2018).
    /// </remarks>
    /// <returns>The mutual information per sample, in nats, at least 0 but for rounding.</returns>
    /// <exception cref="InvalidOperationException">The outputs are not probabilities.</exception>
    public Vector<double> MutualInformation()
    {
        RequireProbabilities();
        Vector<double> entropy = Entropies(Mean);
        Vector<double> ofMembers = Vector<double>.Build.Dense(entropy.Count);
        foreach (Matrix<T> member in Members)
        {
            ofMembers += Entropies(member);
        }

        return entropy - (ofMembers / Members.Count);
    }

    private T Deviation(int row, int column)
    {
        double mean = double.CreateChecked(Mean[row, column]);
        double squares = 0;
        foreach (Matrix<T> member in Members)
        {
            double deviation = double.CreateChecked(member[row, column]) - mean;
            squares += deviation * deviation;
        }

        return T.CreateChecked(Math.Sqrt(squares / (Members.Count - 1)));
    }

    private Vector<double> Entropies(Matrix<T> probabilities) => Vector<double>.Build.Dense(
        probabilities.ColumnCount,
        j =>
        {
            double sum = 0;
            for (int i = 0; i < probabilities.RowCount; i++)
            {
                double p = double.CreateChecked(probabilities[i, j]);
                sum += Term(p) + (_kind == OutputKind.Probability ? Term(1 - p) : 0);
            }

            return sum;
        });

    // −p·log p, which is 0 at 0.
    private static double Term(double p) => p == 0 ? 0 : -p * Math.Log(p);

    private void RequireProbabilities()
    {
        if (_kind is not (OutputKind.Probability or OutputKind.Distribution))
        {
            throw new InvalidOperationException(
                "The outputs of the ensemble are not known to be probabilities of one question, so they have no "
                + $"entropy; {nameof(StandardDeviation)} tells how far the members are apart.");
        }
    }
}
