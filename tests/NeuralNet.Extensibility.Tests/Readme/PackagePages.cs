using MathNet.Numerics.LinearAlgebra;
using Microsoft.Data.Analysis;
using Microsoft.Extensions.Logging;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Data.Images;
using NeuralNet.Datasets;
using NeuralNet.Datasets.Downloads;
using NeuralNet.Distributed;
using NeuralNet.Evaluation;
using NeuralNet.Extensions.Logging;
using NeuralNet.Forecasting;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Mpi;
using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Reports;
using NeuralNet.Serialization;
using NeuralNet.Tables;
using NeuralNet.Tables.DataFrames;
using NeuralNet.Tables.Parquet;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the packages' pages, in methods that give them what they need.</summary>
internal static class PackagePages
{
    public static TrainingHistory Train(float[][] features, int[] labels)
    {
        // features: float[][], an array per sample; labels: int[], 0, 1 or 2.
        Matrix<float> inputs = Matrix<float>.Build.DenseOfColumnArrays(features);
        DataSet<float> data = DataSet.FromLabels(inputs, labels, classes: 3);
        (DataSet<float> training, DataSet<float> validation) = data.StratifiedSplit(0.8, seed: 1);
        Standardization scaling = Standardization.Fit(training.Inputs);     // of the training part alone

        Network<float> network = Network.Create<float>(data.InputSize, seed: 42).Dense(32, new ReLU()).Dense(3).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
        var options = new FitOptions<float>
        {
            Epochs = 30,
            Validation = validation.TransformInputs(scaling),
            Metrics = [new Accuracy()],
        };
        TrainingHistory history = trainer.Fit(training.TransformInputs(scaling), options);
        Console.WriteLine(history.Epochs[^1].Validation!.Metrics["accuracy"]);

        var species = new LabelEncoder(["setosa", "versicolor", "virginica"]);
        Pipeline<float> pipeline = Pipeline.Create(network, inputs: scaling, labels: species);
        pipeline.Save("iris.safetensors");
        return history;
    }

    public static void TrainTogether(Network<float> network, DataSet<float> training)
    {
        IWorkers workers = MpiWorkers.Connect(shards: 8);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(), workers: workers);
        trainer.Fit(training, new() { Epochs = 5, BatchSize = 128 });
    }

    public static string Use()
    {
        Pipeline<float> model = Pipeline.Load<float>("iris.safetensors");
        string species = model.PredictLabel([5.1f, 3.5f, 1.4f, 0.2f]);
        return species;
    }

    public static Forecaster<float> Forecasts()
    {
        TimeSeries series = TimeSeries.FromCsv("temperatures.csv", time: "Date", values: ["Temp"]);
        (TimeSeries past, TimeSeries future) = series.SplitAt(new DateOnly(2023, 1, 1));
        ForecastSchema schema = ForecastSchema.Fit(past, new()
        {
            Length = 30,                                // a window reads 30 days
            Horizon = 7,                                // and predicts the next seven,
            Calendar = [CalendarPart.DayOfYear],        // whose time of the year is known,
            Quantiles = [0.05, 0.5, 0.95],              // with an interval for 90 % of them
        });

        Network<float> network = schema.CreateNetwork<float>(seed: 1)
            .Dense(32, new ReLU())
            .Dense(schema.OutputSize)
            .Build();
        var trainer = new Trainer<float>(network, schema.Loss, new AdamW(learningRate: 0.002));
        trainer.Fit(schema.ToDataSet<float>(past), new() { Epochs = 20 });

        Forecaster<float> forecaster = schema.ToForecaster(network);
        Console.WriteLine(forecaster.Evaluate(past, future));
        forecaster.Save("temperatures.safetensors");
        return forecaster;
    }

    public static Matrix<float> Prices()
    {
        Table table = Table.Read("houses.csv", new() { Missing = MissingValues.Median });
        (Table training, Table test) = table.Split(0.8, seed: 1);
        TableSchema schema = training.FitRegression(target: "price");

        Network<float> network = schema.BuildNetwork<float>(seed: 42);
        var trainer = new Trainer<float>(network, schema.Loss, new AdamW(learningRate: 0.001));
        trainer.Fit(schema.ToTrainingSet<float>(training, seed: 42), new() { Epochs = 100 });
        Console.WriteLine(trainer.Evaluate(schema.ToDataSet<float>(test)).Loss);

        Pipeline<float> pipeline = schema.ToPipeline(network);
        pipeline.Save("houses.safetensors");
        Matrix<float> prices = pipeline.Predict(Table.Read("new-houses.csv"));
        return prices;
    }

    public static (TableSchema Schema, Table Test) OfDataFrame()
    {
        DataFrame frame = DataFrame.LoadCsv("houses.csv");
        Table table = DataFrameTable.From(frame, new() { Missing = MissingValues.Median });
        (Table training, Table test) = table.Split(0.8, seed: 1);
        TableSchema schema = training.FitRegression(target: "price");
        return (schema, test);
    }

    public static async Task<(TableSchema Schema, Table Test)> OfParquet()
    {
        Table table = await ParquetTable.ReadAsync("houses.parquet", new() { Missing = MissingValues.Median });
        (Table training, Table test) = table.Split(0.8, seed: 1);
        TableSchema schema = training.FitRegression(target: "price");
        return (schema, test);
    }

    public static double Photos()
    {
        ImageFolder photos = ImageFolder.Open("photos", new() { Size = 32, Channels = 3, Fit = ImageFit.Crop });
        (DataSet<float> training, DataSet<float> test) = photos.ToDataSet<float>().StratifiedSplit(0.8, seed: 1);
        ChannelStandardization scaling = ChannelStandardization.Fit(training.Inputs, photos.Shape);

        Network<float> network = Network.Create<float>(photos.Shape, seed: 42)
            .Convolution(16, kernelSize: 3, activation: new ReLU())
            .MaxPooling(2)
            .Convolution(32, kernelSize: 3, activation: new ReLU())
            .GlobalAveragePooling()
            .Dense(photos.Classes.Count)
            .Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.003));
        var augmentation = new AugmentationSequence(
            new RandomFlip(photos.Shape),
            new RandomCrop(photos.Shape, padding: 2),
            new ColorJitter(photos.Shape) { Brightness = 0.2, Contrast = 0.2, Scaling = scaling });
        trainer.Fit(training.TransformInputs(scaling), new() { Epochs = 20, Augmentation = augmentation });

        Pipeline<float> pipeline = Pipeline.Create(network, inputs: scaling, labels: new LabelEncoder(photos.Classes));
        Console.WriteLine(pipeline.Evaluate(test, [new Accuracy()])["accuracy"]);
        pipeline.Save("photos.safetensors");
        return pipeline.Evaluate(test, [new Accuracy()])["accuracy"];
    }

    public static string NewPhoto()
    {
        Pipeline<float> pipeline = Pipeline.Load<float>("photos.safetensors");
        Image photo = Image.Read("new.jpg", new() { Size = 32, Channels = 3, Fit = ImageFit.Crop });
        string label = pipeline.PredictLabel(photo.ToInput<float>());
        return label;
    }

    public static void ReadAhead(ImageFolder photos, Trainer<float> trainer)
    {
        (ImageFolder training, ImageFolder test) = photos.StratifiedSplit(0.9, seed: 1);
        trainer.Fit(training.ToBatchSource<float>(batchSize: 64, shuffleSeed: 1), new() { Epochs = 20 });
        Console.WriteLine(trainer.Evaluate(test.ToDataSet<float>()).Loss);
    }

    public static double Digits()
    {
        ImageDataset digits = Mnist.Load();
        Console.WriteLine(digits);          // how many, how large, and where they came from

        Network<float> network = Network.Create<float>(digits.Shape, seed: 42)
            .Dense(128, new ReLU())
            .Dense(digits.Classes.Count)
            .Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.003));
        trainer.Fit(digits.Training, new() { Epochs = 5, BatchSize = 64 });
        Console.WriteLine(trainer.Evaluate(digits.Test, [new Accuracy()]));
        return trainer.Evaluate(digits.Test, [new Accuracy()]).Metrics["accuracy"];
    }

    public static (DataSet<float> Test, Table Penguins) SmallTables()
    {
        TableDataset iris = Iris.Load();
        (DataSet<float> training, DataSet<float> test) = iris.Data.StratifiedSplit(0.8, seed: 1);

        Table penguins = Table.Read(new StringReader(Penguins.Load().Csv));
        return (test, penguins);
    }

    public static async Task Fetch()
    {
        var download = new DatasetDownload(
            [new Uri("https://example.com/data/"), new Uri("https://mirror.example.com/")],
            [
                new DatasetFile(
                    "prices.csv.gz", 81_273, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            ]);
        await download.FetchAsync("data");
    }

    public static float[] ThereAndBack(Network<float> network, Standardization scaling, float[] sample)
    {
        network.SaveOnnx("model.onnx", new() { AppendSoftmax = true, Preprocessing = scaling });

        Console.WriteLine(OnnxImporter.Describe("model.onnx"));
        Network<float> imported = Network.LoadOnnx<float>("model.onnx");
        float[] outputs = imported.Predict(sample);
        return outputs;
    }

    public static TrainingHistory Log(Trainer<float> trainer, DataSet<float> training, ILogger logger)
    {
        TrainingHistory history = trainer.Fit(
            training, new() { Epochs = 20, Callbacks = [new TrainingLog<float>(logger)] });
        return history;
    }

    public static void Report(Trainer<float> trainer, DataSet<float> training, DataSet<float> validation)
    {
        var report = new HtmlReport<float>("report.html");
        trainer.Fit(training, new() { Epochs = 20, Validation = validation, Callbacks = [report] });
    }
}
