using NeuralNet.Activations;
using NeuralNet.Datasets;
using NeuralNet.Extensions.DependencyInjection;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;
using NeuralNet.Training;

// Learns the species of irises, once, and tells them to whoever asks:
//   curl http://localhost:5000/species --json '[5.1, 3.5, 1.4, 0.2]'
TableDataset iris = Iris.Load();
string path = Path.Combine(AppContext.BaseDirectory, "iris.safetensors");
if (!File.Exists(path))
{
    Standardization scaling = Standardization.Fit(iris.Data.Inputs);
    Network<float> network = Network.Create<float>(4, seed: 42).Dense(16, new ReLU()).Dense(3).Build();
    var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
    trainer.Fit(iris.Data.TransformInputs(scaling), new() { Epochs = 50 });
    Pipeline.Create(network, inputs: scaling, labels: new LabelEncoder(iris.Classes)).Save(path);
}

// The model is loaded before the first request, and a newer file takes its place while the app runs.
bool isSelfTest = args.Contains("--self-test");
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddNeuralNetModel<Pipeline<float>>(options => (options.Path, options.ReloadOnChange) = (path, true));
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
WebApplication app = builder.Build();
app.MapPost("/species", (float[]? lengths, IModelProvider<Pipeline<float>> model) =>
    lengths?.Length == model.Current.InputSize && lengths.All(length => length is >= 0 and <= 100)
        ? Results.Ok(model.Current.PredictLabel(lengths))
        : Results.Problem($"Expected {model.Current.InputSize} lengths from 0 to 100 centimeters.", statusCode: 400));
if (!isSelfTest)
{
    app.Run();
    return;
}

// All flowers at once, on a port that is free.
app.Urls.Add("http://127.0.0.1:0");
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
string?[] answers = await Task.WhenAll(iris.Data.Inputs.ToMatrix().EnumerateColumns().Select(async lengths =>
{
    HttpResponseMessage response = await client.PostAsJsonAsync("/species", lengths.ToArray());
    return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<string>();
}));
await app.StopAsync();
int right = answers.Where((species, i) => iris.Classes[iris.Data.Targets.Column(i).IndexOf(1f)] == species).Count();
Console.WriteLine($"{answers[0]}; of {answers.Length} flowers asked about at once, right: {right}");

// setosa; of 150 flowers asked about at once, right: 147
