using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>
/// A peer as a process that stays: it reads a line of JSON, does what it says, answers with a line of JSON, and waits
/// for the next one without doing anything. It ends when its input does.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly string _name;
    private readonly Process _process;

    private PeerProcess(string name, Process process)
    {
        _name = name;
        _process = process;
        Hello = ReadAnswer();
    }

    /// <summary>What the peer said first: its versions.</summary>
    public JsonObject Hello { get; }

    /// <summary>Starts a peer.</summary>
    /// <param name="interpreter">The program that runs the script.</param>
    /// <param name="script">The name of the script below <c>peers</c>.</param>
    /// <param name="threads">What its libraries are told about threads.</param>
    /// <param name="arguments">What the script is given.</param>
    /// <exception cref="PeerException">It cannot be started, or says that it lacks something.</exception>
    public static PeerProcess Start(
        string interpreter, string script, ThreadSettings threads, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(interpreter, [ProjectFolder.Peer(script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        threads.ApplyTo(start);
        try
        {
            return new(script, Process.Start(start)!);
        }
        catch (Win32Exception exception)
        {
            throw new PeerException($"'{interpreter}' cannot be started: {exception.Message}.");
        }
    }

    /// <summary>Asks for something and waits for the answer.</summary>
    /// <exception cref="PeerException">The peer answers that it failed, or does not answer.</exception>
    public JsonObject Ask(JsonObject request)
    {
        try
        {
            _process.StandardInput.WriteLine(request.ToJsonString());
            _process.StandardInput.Flush();
        }
        catch (IOException exception)
        {
            throw new PeerException($"{_name} has gone: {exception.Message}.");
        }

        return ReadAnswer();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private JsonObject ReadAnswer()
    {
        string line = _process.StandardOutput.ReadLine()
            ?? throw new PeerException($"{_name} ended without an answer.");
        try
        {
            JsonObject answer = JsonNode.Parse(line)!.AsObject();
            return answer["error"] is { } error ? throw new PeerException($"{_name}: {error}.") : answer;
        }
        catch (JsonException)
        {
            throw new PeerException($"{_name} answered '{line}'.");
        }
    }
}
