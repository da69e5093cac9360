using System.Globalization;
using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>The results of a pipeline for data that were held out, and what came.</summary>
internal sealed class HeldOut<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Pipeline<T> _pipeline;
    private readonly string _argument;
    private readonly T[] _outputs;
    private readonly T[] _targets;

    /// <summary>Predicts all samples.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="data">Raw features and targets.</param>
    /// <param name="threads">Most threads; all processors if null.</param>
    /// <param name="argument">The argument that the data come from.</param>
    /// <exception cref="ArgumentException">The data do not fit, or a result or a target is not finite.</exception>
    public HeldOut(Pipeline<T> pipeline, DataSet<T> data, int? threads, string argument)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(data, argument);
        PipelineEvaluation.RequireFit(pipeline, data, argument);
        _pipeline = pipeline;
        _argument = argument;
        Count = data.Count;
        Rows = pipeline.OutputSize;
        _outputs = pipeline.Predict(data.Inputs, threads ?? Environment.ProcessorCount).AsColumnMajorArray();
        _targets = data.Targets.Values.ToArray();
        RequireFinite(_outputs, "result");
        RequireFinite(_targets, "target");
    }

    public int Count { get; }

    /// <summary>Number of results of each sample.</summary>
    public int Rows { get; }

    public ReadOnlySpan<T> Outputs(int sample) => _outputs.AsSpan(sample * Rows, Rows);

    /// <summary>The results of one row.</summary>
    public T[] Row(int row) => [.. Enumerable.Range(0, Count).Select(j => _outputs[(j * Rows) + row])];

    public double[] OutputsInDouble() => Array.ConvertAll(_outputs, double.CreateTruncating);

    public double[] TargetsInDouble() => Array.ConvertAll(_targets, double.CreateTruncating);

    /// <summary>The class of each sample, 0 or 1 where there is a single output.</summary>
    /// <exception cref="ArgumentException">The target of a sample names none.</exception>
    public int[] Classes()
    {
        int[] classes = new int[Count];
        for (int j = 0; j < classes.Length; j++)
        {
            ReadOnlySpan<T> target = _targets.AsSpan(j * Rows, Rows);
            classes[j] = Rows == 1 || Decision.NamesClass(target) ? Decision.TargetOrNone(target) : Decision.None;
            if (classes[j] == Decision.None)
            {
                throw new ArgumentException(
                    $"The target of sample {j} names no single class: it is neither one-hot nor sums to 1. If a sample "
                    + "may have any number of labels, give Pipeline.Create the meaning "
                    + $"{nameof(OutputMeaning)}.{nameof(OutputMeaning.Labels)}.",
                    _argument);
            }
        }

        return classes;
    }

    /// <summary>The answer to each label of each sample, 1 for yes.</summary>
    public int[] Answers() => Array.ConvertAll(_targets, target => Decision.YesOrNone(target, Decision.Middle));

    /// <summary>The answer to one label of each sample.</summary>
    public int[] Answers(int label)
    {
        int[] all = Answers();
        return [.. Enumerable.Range(0, Count).Select(j => all[(j * Rows) + label])];
    }

    /// <summary>Logits, sample after sample, of results that are not calibrated.</summary>
    public double[] Logits()
    {
        double[] logits = new double[_outputs.Length];
        for (int j = 0; j < Count; j++)
        {
            LogOdds.Read(Outputs(j), _pipeline.Scale, _pipeline.AreClasses, logits.AsSpan(j * Rows, Rows));
        }

        return logits;
    }

    /// <summary>The probability of each class, sample after sample; those of both for a single output.</summary>
    public double[] Probabilities()
    {
        int classes = Decision.Classes(Rows);
        double[] probabilities = new double[Count * classes];
        for (int j = 0; j < Count; j++)
        {
            ClassScores.Read(_pipeline, Outputs(j), probabilities.AsSpan(j * classes, classes));
        }

        return probabilities;
    }

    /// <summary>
    /// The probability of the class that each sample is taken for and whether that is right or, where results are no
    /// classes, of each yes and whether that is the answer.
    /// </summary>
    public (double[] Probabilities, bool[] Outcomes) Confidences(bool areClasses)
    {
        if (!areClasses)
        {
            double[] all = new double[_outputs.Length];
            LogOdds.ReadProbabilities<T>(_outputs, _pipeline.Scale, areClasses: false, all);
            return (all, Array.ConvertAll(Answers(), answer => answer == 1));
        }

        double[] probabilities = Probabilities();
        int[] actual = Classes();
        double[] confidences = new double[Count];
        bool[] outcomes = new bool[Count];
        for (int j = 0; j < Count; j++)
        {
            ReadOnlySpan<double> ofSample = probabilities.AsSpan(j * Rows, Rows);
            int largest = Decision.Largest(ofSample);
            confidences[j] = Math.Min(1, ofSample[largest]);
            outcomes[j] = largest == actual[j];
        }

        return (confidences, outcomes);
    }

    private void RequireFinite(T[] values, string what)
    {
        int bad = Array.FindIndex(values, value => !T.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {what} {bad % Rows} of sample {bad / Rows} is {values[bad]}, from which nothing can be "
                    + $"learned. {Decision.Advice}"),
                _argument);
        }
    }
}
