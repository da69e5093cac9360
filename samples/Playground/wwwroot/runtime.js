// Starts .NET and returns what the library exports to this page.
import { dotnet } from './_framework/dotnet.js';

export async function start() {
  const { getAssemblyExports, getConfig, runMain } = await dotnet.create();
  const exported = await getAssemblyExports(getConfig().mainAssemblyName);
  await runMain();
  return exported.NeuralNet.Samples.Playground;
}
