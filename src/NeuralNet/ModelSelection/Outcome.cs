using NeuralNet.Distributed;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>What one worker tells the others of a trial or a fold: figures, or why it failed.</summary>
internal readonly record struct Outcome(double[] Figures, string? Failure, bool HasDiverged)
{
    /// <summary>What is told of figures or of an exception.</summary>
    public static Outcome Of(double[]? figures, Exception? failure) =>
        new(figures ?? [], failure?.ToString(), failure is TrainingDivergedException);

    /// <summary>The failure on another worker as an exception; null if there was none.</summary>
    public Exception? ToException(int rank) => Failure is null ? null
        : HasDiverged ? new TrainingDivergedException($"On worker {rank}: {Failure}")
        : new WorkersException($"On worker {rank}: {Failure}");

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Figures.Length);
        foreach (double figure in Figures)
        {
            writer.Write(figure);
        }

        writer.Write(Failure ?? "");
        writer.Write(HasDiverged);
    }

    /// <summary>Reads what was written.</summary>
    public static Outcome Read(BinaryReader reader)
    {
        var figures = new double[reader.ReadInt32()];
        for (int i = 0; i < figures.Length; i++)
        {
            figures[i] = reader.ReadDouble();
        }

        string failure = reader.ReadString();
        return new(figures, failure.Length == 0 ? null : failure, reader.ReadBoolean());
    }
}
