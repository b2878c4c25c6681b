using Rheo.Cli;

return CommandLine.Run(args, options => 0, options => 0, Console.Out, Console.Error);
