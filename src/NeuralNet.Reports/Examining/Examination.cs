using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Reports.Recording;
using NeuralNet.Training;

namespace NeuralNet.Reports.Examining;

/// <summary>Looks at what a trained network makes of some data, sample by sample.</summary>
internal static class Examination
{
    private const int Chunk = 256;

    /// <summary>Looks at it.</summary>
    public static ExaminedData Run<T>(TrainingContext<T> context, DataSet<T> data, ReportOptions<T> options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OutputExaminer<T>[] examiners =
        [
            .. OutputPlan.Of(context.Network, context.LossFunction, options.Meaning)
                .Select(plan => AsTargetsAre(plan, data))
                .Select(plan => OutputExaminer<T>.For(plan, options.Names, data.Count)),
        ];
        for (int start = 0; start < data.Count; start += Chunk)
        {
            DataSet<T> part = data.Skip(start).Take(Math.Min(Chunk, data.Count - start));
            Matrix<T> predicted = context.Network.Predict(part.Inputs, context.Threads);
            ReadOnlyMatrixSpan<T> outputs = predicted;
            ReadOnlyMatrixSpan<T> targets = part.Targets;
            for (int j = 0; j < part.Count; j++)
            {
                foreach (OutputExaminer<T> examiner in examiners)
                {
                    examiner.Add(start + j, outputs.Column(j), targets.Column(j));
                }
            }
        }

        string name = options.DataName ?? FigureName.Validation;
        ExaminedOutput[] seen =
        [
            .. examiners.Select(examiner => examiner.Finish(sample => PictureOf(context, data, options, sample))),
        ];
        return new(name, data.Count, Measure(context, data, name, seen), seen);
    }

    // What a sigmoid gives may be the brightness of a pixel, which is no answer to a question.
    private static OutputPlan AsTargetsAre<T>(OutputPlan plan, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (plan.Task == OutputTask.Numbers || (plan.Task == OutputTask.Classes && plan.Width > 1))
        {
            return plan;
        }

        ReadOnlyMatrixSpan<T> targets = data.Take(Math.Min(Chunk, data.Count)).Targets;
        for (int j = 0; j < targets.Columns; j++)
        {
            foreach (T target in targets.Column(j).Slice(plan.Start, plan.Steps * plan.Width))
            {
                bool isKnown = plan.Mask is not { } mask || target != T.CreateChecked(mask);
                if (isKnown && target != T.Zero && T.Abs(target) != T.One)
                {
                    return plan with { Task = OutputTask.Numbers };
                }
            }
        }

        return plan;
    }

    private static FinalFigure[] Measure<T>(
        TrainingContext<T> context, DataSet<T> data, string name, ExaminedOutput[] seen)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            EvaluationResult result = context.Evaluate(data, context.Options.Metrics);
            return
            [
                new(new(FigureKind.Loss, "", name), result.Loss),
                .. result.Metrics.Select(metric =>
                    new FinalFigure(new(FigureKind.Metric, metric.Key, name), metric.Value)),
            ];
        }
        catch (OperationCanceledException)
        {
            // A cancelled run measures nothing more; but what was counted is known.
            return seen is [ExaminedClasses { Counts: { Count: > 0 } counts }]
                ? [new(new(FigureKind.Metric, "accuracy", name), (double)counts.Right / counts.Count)]
                : [];
        }
    }

    private static SamplePicture? PictureOf<T>(
        TrainingContext<T> context, DataSet<T> data, ReportOptions<T> options, int sample)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> input = data.Skip(sample).Take(1).Inputs.Column(0);
        if (options.Picture is null)
        {
            return context.Network.Inputs.Count == 1 && SamplePicture.CanShow(context.Network.InputShape)
                ? SamplePicture.FromPixels(input, context.Network.InputShape)
                : null;
        }

#pragma warning disable CA1031 // What a picture cannot show must not cost the run.
        try
        {
            return options.Picture(sample, input);
        }
        catch (Exception exception)
        {
            return SamplePicture.FromText($"no picture: {exception.Message}");
        }
#pragma warning restore CA1031
    }
}
