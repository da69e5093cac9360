// Trains on points of three rings, saves, loads, predicts, and prints what must be the same wherever it is computed.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Reports;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Training;

const int Samples = 600;
Matrix<float> features = Matrix<float>.Build.Dense(2, Samples);
int[] labels = new int[Samples];
for (int i = 0; i < Samples; i++)
{
    labels[i] = i % 3;
    float radius = 1 + labels[i] + (0.3f * MathF.Sin(i * 12.9898f));
    (float sin, float cos) = MathF.SinCos(i * 0.7f);
    features.SetColumn(i, [100 + (radius * cos), radius * sin]);
}

DataSet<float> data = DataSet.FromLabels(features, labels, classes: 3);
(DataSet<float> training, DataSet<float> validation) = data.Shuffle(seed: 1).Split(0.8);
Standardization scaling = Standardization.Fit(training.Inputs);

Network<float> network = Network.Create<float>(2, seed: 42)
    .Dense(32)
    .BatchNormalization()
    .Activation(new GELU())
    .Residual(block => block.Dense(32, new SiLU()).Dropout(0.1).Dense(32))
    .Dense(3)
    .Build();
var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new AdamW(learningRate: 0.01), threads: 2);
string path = args.Length > 0 ? args[0] : Path.GetTempFileName();
var report = new HtmlReport<float>(path + ".html");
TrainingHistory history = trainer.Fit(
    training.TransformInputs(scaling),
    new()
    {
        Epochs = 30,
        Validation = validation.TransformInputs(scaling),
        Metrics = [new Accuracy()],
        Schedule = new LinearWarmup(steps: 20, then: new CosineDecay()),
        Callbacks = [new EarlyStopping<float>(patience: 20), report],
    });

network.Save(path);
var pipeline = Pipeline.Create(
    Network.Load<float>(path), inputs: scaling, labels: new LabelEncoder(["inner", "middle", "outer"]));

float[] scores = pipeline.Predict(validation.Inputs.Values);
bool usesCryptography = AppDomain.CurrentDomain.GetAssemblies()
    .Any(assembly => assembly.GetName().Name == "System.Security.Cryptography");
string digest = Digest(scores);
double accuracy = 100 * history.Epochs[^1].Validation!.Metrics["accuracy"];
string inner = pipeline.PredictLabel([101f, 0f]);
string outer = pipeline.PredictLabel([100f, -3f]);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"validation accuracy {accuracy:F1} %, at 1: {inner}, at 3: {outer}, scores {digest}"));
if (usesCryptography)
{
    Console.Error.WriteLine("The packages loaded System.Security.Cryptography, which needs OpenSSL.");
}

// The page holds its figures as JSON, which is read without reflection.
bool isReported = report.LastFailure is null
    && RunComparison.Read(path + ".html").ToHtml().Contains("1 training run compared", StringComparison.Ordinal);
if (!isReported)
{
    Console.Error.WriteLine($"The report of the run cannot be read: {report.LastFailure?.Message}");
}

return usesCryptography || !isReported ? 1 : 0;

// Compiled, and with that its library loaded, when it is first called.
[MethodImpl(MethodImplOptions.NoInlining)]
static string Digest(float[] scores) =>
    Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(scores)));
