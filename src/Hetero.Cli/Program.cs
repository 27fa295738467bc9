using Hetero.Cli;
using Hetero.Cli.Output;

using StopSignals stop = new();
using StreamWriter output = new(StandardStreams.OpenOutput(), StandardStreams.Encoding) { NewLine = "\n" };
using StreamWriter error = new(StandardStreams.OpenError(), StandardStreams.Encoding) { NewLine = "\n", AutoFlush = true };
return HeteroCommand.Run(args, output, error, StandardStreams.ErrorWidth, stop.Token);
