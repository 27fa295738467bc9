using System.Globalization;
using Hetero.Core.Theory;

namespace Hetero.Core.Benchmarks.Alarms;

/// <summary>Simulates how often the checks of the theory raise a false alarm, beside the rates that they state.</summary>
internal static class AlarmsCommand
{
    public const string Name = "alarms";

    /// <summary>Runs the command.</summary>
    /// <returns>0; 1 if a series raised an alarm or an estimate is above what its check states; 2 for wrong usage.</returns>
    public static int Run(string[] arguments)
    {
        AlarmOptions options;
        try
        {
            options = AlarmOptions.Parse(arguments);
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine($"{problem.Message}{Environment.NewLine}{AlarmOptions.Usage}");
            return 2;
        }

        int alarms = 0;
        double stated = 0, estimated = 0;
        bool isAbove = false;
        Console.WriteLine("| check | stated | series | alarms | mean margin | in deviations | skewness | smallest | estimate |\n|---|---|---|---|---|---|---|---|---|");
        foreach (TheoryCheck check in options.Checks)
        {
            AlarmSurvey survey = AlarmSurvey.Of(check, options.First, options.Series);
            alarms += survey.Alarms;
            if (check.FalseAlarmRate == 0)
            {
                // Chance moves none of its margins: there is no law to fit.
                Console.WriteLine($"| {check.Id} | 0 | {survey.Series} | {survey.Alarms} | – | – | – | – | – |");
                continue;
            }

            MarginTail tail = survey.Tail;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {check.Id} | {check.FalseAlarmRate:G2} | {survey.Series} | {survey.Alarms} | {tail.Mean:G3} | "
                + $"{tail.Mean / tail.Deviation:G3} | {tail.Skewness:G2} | {tail.Smallest:G3} | {tail.Chance:G2} |"));
            stated += check.FalseAlarmRate;
            estimated += tail.Chance;
            isAbove |= tail.Chance > check.FalseAlarmRate;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"\nFor a series of each of these: stated {stated:G2}, estimated {estimated:G2}; alarms: {alarms}."));
        return alarms > 0 || isAbove ? 1 : 0;
    }
}
