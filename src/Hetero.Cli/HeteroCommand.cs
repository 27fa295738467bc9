using System.CommandLine;
using System.CommandLine.Help;
using Hetero.Cli.CheckData;
using Hetero.Cli.Cluster;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Compare;
using Hetero.Cli.Fit;
using Hetero.Cli.Generate;
using Hetero.Cli.Info;
using Hetero.Cli.Plot;
using Hetero.Cli.Predict;
using Hetero.Cli.Reproduce;
using Hetero.Cli.Run;
using Hetero.Cli.Sweep;
using Hetero.Cli.Theory;
using Hetero.Cli.Verify;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli;

/// <summary>The hetero command: its subcommands, and how whatever happens becomes an exit code and at most one line of complaint.</summary>
internal static class HeteroCommand
{
    /// <summary>Runs a command line.</summary>
    public static int Run(
        string[] args, TextWriter output, TextWriter error, Func<int>? terminalWidth = null, CancellationToken cancellation = default)
    {
        try
        {
            int code = Execute(args, new CommandContext(output, error, terminalWidth, cancellation));
            output.Flush();
            return code;
        }
        catch (UsageException exception)
        {
            return Complain(error, exception.Message, ExitCode.Usage);
        }
        catch (RecipeException exception)
        {
            return Complain(error, exception.CommandText, ExitCode.Usage);
        }
        catch (UnfinishedException exception)
        {
            return Complain(error, exception.Message, ExitCode.Unfinished);
        }
        catch (ArgumentException exception)
        {
            // Usage is checked before the work begins, so that this is not the user's mistake.
            return Complain(error, $"the work met an argument that the library refuses: {ArgumentText.Of(exception)}", ExitCode.Failed);
        }
        catch (Exception exception) when (exception is FailedException or IOException or UnauthorizedAccessException)
        {
            return Complain(error, exception.Message, ExitCode.Failed);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or OverflowException)
        {
            return Complain(error, "the memory is not enough; see 'hetero run --dry-run' for what a run needs.", ExitCode.Failed);
        }
        catch (OperationCanceledException)
        {
            return Complain(error, "cancelled.", ExitCode.Failed);
        }
        catch (Exception exception)
        {
            // Nothing else is expected; if it comes all the same, one line and an exit code serve a script better than a crash.
            return Complain(error, $"{exception.GetType().Name}: {exception.Message}", ExitCode.Failed);
        }
        finally
        {
            FlushRest(output);
        }
    }

    /// <summary>Writes what work that did not end has left in the buffer: where nobody takes it, it must not end the process when it is disposed of.</summary>
    private static void FlushRest(TextWriter output)
    {
        try
        {
            output.Flush();
        }
        catch (IOException)
        {
            // The exit code and the complaint say already that it failed.
        }
    }

    /// <summary>All commands with all their options.</summary>
    internal static RootCommand CreateRoot(CommandContext context)
    {
        RootCommand root = new("Multi-environment low-rank matrix sensing: training, the figures of the paper, and checks of its theory.");
        root.Directives.Clear();
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        root.Subcommands.Add(RunCommand.Create(context));
        root.Subcommands.Add(CompareCommand.Create(context));
        root.Subcommands.Add(CreateSweep(context));
        root.Subcommands.Add(PlotCommand.Create(context));
        root.Subcommands.Add(GenerateCommand.Create(context));
        root.Subcommands.Add(CheckDataCommand.Create(context));
        root.Subcommands.Add(FitCommand.Create(context));
        root.Subcommands.Add(PredictCommand.Create(context));
        root.Subcommands.Add(ReproduceCommand.Create(context));
        root.Subcommands.Add(VerifyCommand.Create(context));
        root.Subcommands.Add(TheoryCommand.Create(context));
        root.Subcommands.Add(InfoCommand.Create(context));
        return root;
    }

    private static Command CreateSweep(CommandContext context)
    {
        Command sweep = SweepCommand.Create(context);
        sweep.Subcommands.Add(PlanCommand.Create(context));
        sweep.Subcommands.Add(TaskCommand.Create(context));
        sweep.Subcommands.Add(MissingCommand.Create(context));
        sweep.Subcommands.Add(MergeCommand.Create(context));
        return sweep;
    }

    private static int Execute(string[] args, CommandContext context)
    {
        ParseResult result = CreateRoot(context).Parse(args, Lines.Configuration);
        ParseErrors.ThrowIfDirective(result);
        if (result.Action is not (HelpWithExample or VersionAction))
        {
            ParseErrors.ThrowIfAny(result, args);
        }

        return result.Invoke(new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static int Complain(TextWriter error, string message, int code)
    {
        try
        {
            error.WriteLine($"hetero: {Shown.Escape(message.ReplaceLineEndings(" "))}");
            error.Flush();
        }
        catch (IOException)
        {
            // Standard error is closed; the exit code still says what happened.
        }

        return code;
    }
}
