// Thirteen measurements of each wine tell which of three cultivars it was made from. Put data of your own here: a table
// from a CSV file (package NeuralNet.Tables), images (NeuralNet.Data.Images), or DataSet.FromLabels(matrix, labels).
TableDataset wines = Wine.Load();
Console.WriteLine(wines);

// The test part judges what was learned; the validation part says when to stop. Neither is learned from.
(DataSet<float> known, DataSet<float> test) = wines.Data.StratifiedSplit(0.8, seed: 1);
(DataSet<float> training, DataSet<float> validation) = known.StratifiedSplit(0.8, seed: 2);
Standardization scaling = Standardization.Fit(training.Inputs);

Network<float> network = Network.Create<float>(wines.Data.InputSize, seed: 42)
    .Dense(16, new ReLU())
    .Dense(wines.Classes.Count)
    .Build();

var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
TrainingHistory history = trainer.Fit(
    training.TransformInputs(scaling),
    new()
    {
        Epochs = 200,
        Validation = validation.TransformInputs(scaling),
        Metrics = [new Accuracy()],
        Progress = ConsoleProgress.Create(),
        Callbacks = [new EarlyStopping<float>(patience: 10, minImprovement: 0.001)],
    });
Console.WriteLine(history);

// The network with its scaling and the names of its classes: takes what was measured, and is saved as one file.
Pipeline<float> pipeline = Pipeline.Create(network, inputs: scaling, labels: new LabelEncoder(wines.Classes));
var confusion = new ConfusionMatrix(wines.Classes.Count);
pipeline.Evaluate(test, [confusion.AsMetric()]);
Console.WriteLine(new ClassificationReport(confusion, wines.Classes));

pipeline.Save("model.safetensors");
Console.WriteLine("Saved. Another program reads it with Pipeline.Load<float>(\"model.safetensors\").");
