using System.Runtime.InteropServices;
using System.Text;
using Hetero.Cli;
using Hetero.Cli.Output;

// The console's own writers flush at every call and write the platform's line ends; the files and pipes of all platforms shall be equal.
UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
using StreamWriter output = new(Console.OpenStandardOutput(), encoding) { NewLine = "\n" };
using StreamWriter error = new(Console.OpenStandardError(), encoding) { NewLine = "\n", AutoFlush = true };
using CancellationTokenSource cancellation = new();

// The first signal asks the work to stop and keep what was done, a second one ends the process.
void Stop(PosixSignalContext context)
{
    context.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return HeteroCommand.Run(args, output, error, Terminal.ErrorWidth(), cancellation.Token);
