// Asks the web app from 64 connections at once while its model file is exchanged, broken and mended, and looks at every bit.
// WebApi.Load PATH-OF-WebApi.dll [SECONDS]
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Consumers.Load;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int ClientCount = 64;
const long HeapAllowance = 1 << 20;             // four networks of 300 kB would be more
const long WorkingSetAllowance = 64L << 20;
string app = Path.GetFullPath(args[0]);
TimeSpan length = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5);
using var models = new Models();

// A server whose model is bad does not start, and says which and why.
string bad = Path.Combine(models.Folder, "bad.safetensors");
File.WriteAllText(bad, "no model");
using (var refused = new Server(app, $"--Models:Digits:Path={bad}"))
{
    Require(await refused.EndAsync() != 0, "a server with a bad model ended well");
    Require(refused.Log.Contains($"The network 'digits' was not loaded from '{bad}'", StringComparison.Ordinal), refused.Log);
    Require(!refused.Log.Contains("Now listening", StringComparison.Ordinal), "a server with a bad model listened");
}

using var server = new Server(app, $"--Models:Digits:Path={models.Path}", "--Models:Digits:PollInterval=00:00:00.05");
using var http = new HttpClient { BaseAddress = await server.Address };
long version = 1;
int refusals = 0;


using (var clients = new Clients(models, http.BaseAddress, ClientCount))
{
    // Until all code is compiled and all buffers are there, memory may grow.
    await ExchangeAsync(length / 2, clients);
    MemoryState before = (await http.GetFromJsonAsync<MemoryState>("/memory"))!;
    long versionBefore = version;
    var watch = Stopwatch.StartNew();
    await ExchangeAsync(length, clients);
    watch.Stop();
    MemoryState after = (await http.GetFromJsonAsync<MemoryState>("/memory"))!;
    double[] times = await clients.EndAsync();

    Console.WriteLine(
        $"{times.Length} requests on {clients.Connections} connections, {clients.Failures} failed; "
        + $"p50 {At(times, 0.5):F1} ms, p99 {At(times, 0.99):F1} ms, longest {times[^1]:F0} ms; "
        + $"{version - 1} models exchanged, {refusals} files refused; "
        + $"heap {Mega(before.Heap)} → {Mega(after.Heap)} MB over {version - versionBefore} exchanges, "
        + $"working set {Mega(before.WorkingSet)} → {Mega(after.WorkingSet)} MB");
    Require(clients.Failures == 0, $"{clients.Failures} requests failed, the first: {clients.FirstFailure}");
    Require(clients.Connections == ClientCount, $"{clients.Connections} connections were made: some were dropped, or some clients slept");
    Require(times.Length > 10 * ClientCount, "too few requests to mean anything");
    Require(version - versionBefore >= 4, "too few exchanges to mean anything");
    Require(after.Heap - before.Heap < HeapAllowance, "the heap has grown");
    Require(after.WorkingSet - before.WorkingSet < WorkingSetAllowance, "the working set has grown");
}

using HttpResponseMessage wrong = await http.PostAsJsonAsync("/predict", new float[3]);
Require(wrong.StatusCode == HttpStatusCode.BadRequest, $"three features gave {wrong.StatusCode}");
Require(await server.StopAsync() == 0, "the server did not end well: " + server.Log);
int told = server.Log.Split("NeuralNet.Extensions.DependencyInjection[2]").Length - 1;     // the category and the event
Require(told == refusals, $"{refusals} files were refused, but {told} told in the log");
return 0;

// Good, bad, good, …, each awaited, while the clients ask.
async Task ExchangeAsync(TimeSpan duration, Clients clients)
{
    var watch = Stopwatch.StartNew();
    for (int i = 0; watch.Elapsed < duration && clients.Failures == 0; i++)
    {
        version++;
        models.Put((int)(version % models.Count));
        await ModelAsync(model => model.Version == version && model.LastError is null);
        Require(await http.GetStringAsync("/health") == "Healthy", "a server with a good model is not healthy");

        (Action put, string reason) = (i % 3) switch
        {
            0 => ((Action)models.PutNoise, "digits.safetensors"),
            1 => (() => models.PutHalf((int)((version + 1) % models.Count)), "ends"),
            _ => (models.PutOtherShape, "63 inputs, but the network in use has 64"),
        };
        put();
        refusals++;
        await ModelAsync(model => model.Version == version && model.LastError?.Contains(reason, StringComparison.Ordinal) == true);
        Require(await http.GetStringAsync("/health") == "Degraded", "a server that refused a file does not say so");
    }
}

async Task ModelAsync(Func<ModelState, bool> isReached)
{
    var watch = Stopwatch.StartNew();
    ModelState state = (await http.GetFromJsonAsync<ModelState>("/model"))!;
    while (!isReached(state))
    {
        Require(watch.Elapsed < TimeSpan.FromSeconds(20), $"awaited something else of the model than version {state.Version}, {state.LastError}");
        await Task.Delay(20);
        state = (await http.GetFromJsonAsync<ModelState>("/model"))!;
    }
}

static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

static string Mega(long bytes) => (bytes / 1048576.0).ToString("F1", CultureInfo.InvariantCulture);

static void Require(bool condition, string otherwise)
{
    if (!condition)
    {
        Console.Error.WriteLine(otherwise);
        Environment.Exit(1);
    }
}

internal sealed record ModelState(long Version, string? LastError);

internal sealed record MemoryState(long Heap, long WorkingSet);
