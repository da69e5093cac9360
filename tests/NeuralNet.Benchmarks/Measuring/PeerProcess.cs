using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>
/// A peer as a process that stays alive: it reads a line of JSON, does what it says, answers with a line of JSON, and
/// waits idly for the next one. It ends when its input does.
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

    /// <summary>The first message of the peer: its versions.</summary>
    public JsonObject Hello { get; }

    /// <summary>Starts a peer.</summary>
    /// <param name="interpreter">The program that runs the script.</param>
    /// <param name="script">The name of the script below <c>peers</c>.</param>
    /// <param name="threads">The settings of threads for its libraries.</param>
    /// <param name="arguments">The arguments of the script.</param>
    /// <exception cref="PeerException">The peer cannot be started, or reports that it lacks something.</exception>
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

    /// <summary>Sends a request and waits for the answer.</summary>
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
