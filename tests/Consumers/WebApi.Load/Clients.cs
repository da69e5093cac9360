using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Consumers.Load;

internal sealed record Prediction(int Seed, float[] Scores);

/// <summary>Clients, each with a connection of its own, that ask again as soon as they are answered.</summary>
internal sealed class Clients : IDisposable
{
    private readonly Models _models;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _end = new();
    private readonly List<double>[] _milliseconds;
    private readonly Task[] _running;
    private int _connections;
    private int _failures;
    private string? _firstFailure;

    public Clients(Models models, Uri address, int count)
    {
        _models = models;
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = count,
            ConnectCallback = async (context, cancellation) =>
            {
                Interlocked.Increment(ref _connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = address };
        _milliseconds = [.. Enumerable.Range(0, count).Select(_ => new List<double>())];
        _running = [.. Enumerable.Range(0, count).Select(client => Task.Run(() => AskAsync(client)))];
    }

    public int Connections => _connections;

    public int Failures => _failures;

    public string? FirstFailure => _firstFailure;

    /// <summary>Ends when all have their last answer; gives the sorted times of all answers.</summary>
    public async Task<double[]> EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(TimeSpan.FromSeconds(30));
        double[] times = [.. _milliseconds.SelectMany(list => list)];
        Array.Sort(times);
        return times;
    }

    public void Dispose()
    {
        _end.Dispose();
        _http.Dispose();
    }

    private async Task AskAsync(int client)
    {
        for (int i = client; !_end.IsCancellationRequested; i++)
        {
            int which = i % _models.Inputs.Length;
            long start = Stopwatch.GetTimestamp();
            try
            {
                using HttpResponseMessage response = await _http.PostAsJsonAsync("/predict", _models.Inputs[which]);
                response.EnsureSuccessStatusCode();
                Prediction prediction = (await response.Content.ReadFromJsonAsync<Prediction>())!;
                if (!prediction.Scores.AsSpan().SequenceEqual(_models.Expected[prediction.Seed][which]))
                {
                    Fail($"other bits than the network of seed {prediction.Seed} gives");
                }
            }
            catch (Exception exception)
            {
                Fail(exception.ToString());
            }

            _milliseconds[client].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private void Fail(string reason)
    {
        Interlocked.Increment(ref _failures);
        Interlocked.CompareExchange(ref _firstFailure, reason, null);
    }
}
