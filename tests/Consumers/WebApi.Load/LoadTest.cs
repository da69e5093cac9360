using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using NeuralNet.Pipelines;

namespace Consumers.Load;

internal sealed record ModelState(long Version, string? LastError);

internal sealed record MemoryState(long Heap, long WorkingSet);

/// <summary>The web app under load, while its model file is exchanged, broken and mended.</summary>
internal sealed class LoadTest(Models models, string app, TimeSpan length)
{
    private const int ClientCount = 64;
    private const long HeapAllowance = 2 << 20;             // four networks of 1.2 MB would be more
    private const long WorkingSetAllowance = 64L << 20;

    private readonly HttpClient _http = new();
    private long _version = 1;
    private int _refusals;

    /// <summary>A server whose model is bad does not start, and says which and why.</summary>
    public async Task RefuseBadModelAsync()
    {
        string bad = Path.Combine(models.Folder, "bad.safetensors");
        File.WriteAllText(bad, "no model");
        using var server = new Server(app, $"--Models:Digits:Path={bad}", $"--Models:Iris:Path={models.IrisPath}");
        Require(await server.EndAsync() != 0, "A server with a bad model ended well.");
        Require(
            server.Log.Contains($"The network 'digits' was not loaded from '{bad}'", StringComparison.Ordinal),
            server.Log);
        Require(!server.Log.Contains("Now listening", StringComparison.Ordinal), "A server with a bad model listened.");
    }

    /// <summary>All the rest; gives the figures.</summary>
    public async Task<string> RunAsync()
    {
        using var server = new Server(
            app,
            $"--Models:Digits:Path={models.Path}",
            "--Models:Digits:PollInterval=00:00:00.05",
            $"--Models:Iris:Path={models.IrisPath}");
        _http.BaseAddress = await server.Address;
        string figures = await LoadAsync(_http.BaseAddress);

        using HttpResponseMessage wrong = await _http.PostAsJsonAsync("/predict", new float[3]);
        Require(wrong.StatusCode == HttpStatusCode.BadRequest, $"Three features gave {wrong.StatusCode}.");
        await AskSpeciesAsync();
        Require(await server.StopAsync() == 0, "The server did not end well: " + server.Log);

        // The category and the event.
        int told = server.Log.Split("NeuralNet.Extensions.DependencyInjection[2]").Length - 1;
        Require(told == _refusals, $"{figures}\n{_refusals} files were refused, but {told} told in the log.");
        return figures;
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static string Mega(long bytes) => (bytes / 1048576.0).ToString("F1", CultureInfo.InvariantCulture);

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new LoadTestException(otherwise);
        }
    }

    /// <summary>Raw lengths of flowers get the names that the pipeline gives here, each name some of them.</summary>
    private async Task AskSpeciesAsync()
    {
        var random = new Random(2);
        HashSet<string> names = [];
        for (int i = 0; i < 200; i++)
        {
            float[] lengths =
            [
                4 + (4 * random.NextSingle()),
                2 + (2 * random.NextSingle()),
                1 + (6 * random.NextSingle()),
                3 * random.NextSingle(),
            ];
            using HttpResponseMessage response = await _http.PostAsJsonAsync("/species", lengths);
            string? species = await response.Content.ReadFromJsonAsync<string>();
            string expected = models.Iris.PredictLabel(lengths);
            Require(species == expected, $"A flower is '{species}' there, but '{expected}' here.");
            names.Add(expected);
        }

        Require(names.Count == 3, $"Of three species only {string.Join(", ", names)} came.");
        using HttpResponseMessage wrong = await _http.PostAsJsonAsync("/species", new float[3]);
        Require(wrong.StatusCode == HttpStatusCode.BadRequest, $"Three lengths gave {wrong.StatusCode}.");
    }

    private async Task<string> LoadAsync(Uri address)
    {
        using var clients = new Clients(models, address, ClientCount);

        // Until all code is compiled and all buffers are there, memory may grow.
        await ExchangeAsync(length / 2, clients);
        MemoryState before = (await _http.GetFromJsonAsync<MemoryState>("/memory"))!;
        long versionBefore = _version;
        await ExchangeAsync(length, clients);
        MemoryState after = (await _http.GetFromJsonAsync<MemoryState>("/memory"))!;
        double[] times = await clients.EndAsync();
        string figures =
            $"{times.Length} requests on {clients.Connections} connections, {clients.Failures} failed; "
            + $"p50 {At(times, 0.5):F1} ms, p99 {At(times, 0.99):F1} ms, longest {times[^1]:F0} ms; "
            + $"{_version - 1} models exchanged, {_refusals} files refused; "
            + $"heap {Mega(before.Heap)} → {Mega(after.Heap)} MB over {_version - versionBefore} exchanges, "
            + $"working set {Mega(before.WorkingSet)} → {Mega(after.WorkingSet)} MB";
        Require(
            clients.Failures == 0, $"{figures}\n{clients.Failures} requests failed, the first: {clients.FirstFailure}");
        Require(
            clients.Connections == ClientCount, $"{figures}\nSome connections were dropped, or some clients slept.");
        Require(times.Length > 10 * ClientCount, $"{figures}\nToo few requests to mean anything.");
        Require(_version - versionBefore >= 4, $"{figures}\nToo few exchanges to mean anything.");
        Require(after.Heap - before.Heap < HeapAllowance, $"{figures}\nThe heap has grown.");
        Require(after.WorkingSet - before.WorkingSet < WorkingSetAllowance, $"{figures}\nThe working set has grown.");
        return figures;
    }

    /// <summary>A good file, a bad one, a good one, …, each awaited while the clients ask.</summary>
    private async Task ExchangeAsync(TimeSpan duration, Clients clients)
    {
        var watch = Stopwatch.StartNew();
        for (int i = 0; watch.Elapsed < duration && clients.Failures == 0; i++)
        {
            _version++;
            models.Put((int)(_version % models.Count));
            await ReachAsync(model => model.Version == _version && model.LastError is null);
            Require(await _http.GetStringAsync("/health") == "Healthy", "A server with a good model is not healthy.");

            string reason = PutBad(i % 3);
            _refusals++;
            await ReachAsync(
                model => model.Version == _version
                    && model.LastError?.Contains(reason, StringComparison.Ordinal) == true);
            string health = await _http.GetStringAsync("/health");
            Require(health == "Degraded", "A server that refused a file does not say so.");
        }
    }

    /// <summary>Puts a bad file in place; gives what its refusal says.</summary>
    private string PutBad(int kind)
    {
        switch (kind)
        {
            case 0:
                models.PutNoise();
                return "digits.safetensors";
            case 1:
                models.PutHalf((int)((_version + 1) % models.Count));
                return "ends";
            default:
                models.PutOtherShape();
                return "63 inputs, but the network in use has 64";
        }
    }

    private async Task ReachAsync(Func<ModelState, bool> isReached)
    {
        var watch = Stopwatch.StartNew();
        ModelState state = (await _http.GetFromJsonAsync<ModelState>("/model"))!;
        while (!isReached(state))
        {
            Require(
                watch.Elapsed < TimeSpan.FromSeconds(20),
                $"The model was awaited to be another than version {state.Version}, {state.LastError}");
            await Task.Delay(20);
            state = (await _http.GetFromJsonAsync<ModelState>("/model"))!;
        }
    }
}
