using System.Globalization;

namespace NeuralNet.Reports.TensorBoard;

/// <summary>
/// A file of TensorBoard's events: records of messages <c>Event</c>, whose definition in Protocol Buffers is
/// <c>tensorflow/core/util/event.proto</c>.
/// </summary>
internal sealed class EventFile
{
    // What TensorBoard knows its files by.
    private const string Prefix = "events.out.tfevents.";

    private readonly string _path;
    private readonly TimeProvider _clock;

    private EventFile(string path, TimeProvider clock)
    {
        _path = path;
        _clock = clock;
    }

    /// <summary>Whether there is an event file in a folder.</summary>
    public static bool IsIn(string folder) => CountIn(folder) > 0;

    /// <summary>Begins a file in a folder, which is made if it is not there.</summary>
    public static EventFile Create(string folder, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        int number = CountIn(folder) + 1;
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}{now}.{Environment.MachineName}.{Environment.ProcessId}.{number}");
        var file = new EventFile(Path.Combine(folder, name), clock);
        file.Append(message => message.Text(3, "brain.Event:2"));
        return file;
    }

    /// <summary>Adds figures of a step; they are on disk when this returns.</summary>
    public void Append(long step, IReadOnlyList<KeyValuePair<string, double>> figures) => Append(message =>
    {
        message.Integer(2, step);
        message.Message(5, summary =>
        {
            foreach ((string tag, double figure) in figures)
            {
                summary.Message(1, value =>
                {
                    value.Text(1, tag);
                    value.Single(2, (float)figure);
                });
            }
        });
    });

    private static int CountIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Prefix + "*").Count() : 0;

    private void Append(Action<MessageWriter> write)
    {
        var message = new MessageWriter();
        message.Double(1, (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        write(message);
        using var stream = new FileStream(_path, FileMode.Append);
        RecordWriter.Write(stream, message.Bytes);
    }
}
