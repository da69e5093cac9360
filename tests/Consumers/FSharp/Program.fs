module Consumers.Xor

open System.IO
open MathNet.Numerics.LinearAlgebra
open NeuralNet.Activations
open NeuralNet.Data
open NeuralNet.Losses
open NeuralNet.Metrics
open NeuralNet.Networks
open NeuralNet.Optimizers
open NeuralNet.Serialization
open NeuralNet.Training

let inputs =
    Matrix<float32>.Build.DenseOfArray(array2D [ [ 0f; 0f; 1f; 1f ]
                                                 [ 0f; 1f; 0f; 1f ] ])

let targets = Matrix<float32>.Build.DenseOfArray(array2D [ [ 0f; 1f; 1f; 0f ] ])

let network =
    Network.Create<float32>(2, seed = 42).Dense(8, Tanh()).Dense(1, Sigmoid()).Build()

let trainer = Trainer<float32>(network, MeanSquaredError(), Adam(learningRate = 0.1))
let history = trainer.Fit(DataSet<float32>(inputs, targets), FitOptions<float32>(Epochs = 500))

let path = Path.GetTempFileName()
network.Save path
let loaded = ModelFile.Load<float32> path
File.Delete path

let outputs = loaded.Predict inputs

for sample in 0 .. outputs.ColumnCount - 1 do
    printfn "%g xor %g = %.2f" inputs[0, sample] inputs[1, sample] outputs[0, sample]

let right = outputs.Row(0) |> Seq.map round |> Seq.toList = [ 0f; 1f; 1f; 0f ]
printfn "loss %.6f after %d epochs" history.Epochs[history.Epochs.Count - 1].Loss history.Epochs.Count
let evaluation = trainer.Evaluate(DataSet<float32>(inputs, targets), [ BinaryAccuracy() ])
let one = loaded.Predict [| 0f; 1f |]
exit (if right && outputs = network.Predict inputs && abs (one[0] - outputs[0, 1]) < 1e-5f && evaluation.Metrics["binary_accuracy"] = 1.0 then 0 else 1)
